// Files and the operating system. SOURCE: Fuse reference, section 8.
//
// Declarations as the compiler reads them, in the language itself.

extension StandardLibrary {
  static let io = #"""
    declare module "@fuse:io"
      let stdin: File
      let stdout: File
      let stderr: File
      fn open(path: string, mode: "r" | "w" | "a" | "r+" | "w+" = "r") -> Result<own File, IoError>
      fn popen(command: string, mode: "r" | "w" = "r") -> Result<own File, IoError>
      fn read_file(path: string) -> Result<string, IoError>
      fn write_file(path: string, data: string) -> Result<(), IoError>
      fn lines(path: string) -> Result<string[], IoError>
      struct IoError pub path: string pub code: number fn message(self) -> string end
      struct File
        fn read_line(self) -> Result<string?, IoError>
        fn read_all(self) -> Result<string, IoError>
        fn read(self, count: number) -> Result<string?, IoError>
        fn write(self, ...parts: string) -> Result<(), IoError>
        fn flush(self) -> Result<(), IoError>
        fn close(own self)
        fn seek(
          self,
          whence: "set" | "cur" | "end" = "cur",
          offset: number = 0,
        ) -> Result<number, IoError>
      end
    end
    """#

  static let os = #"""
    declare module "@fuse:os"
      fn clock() -> number
      fn time() -> number
      fn time_of(date: Date) -> number
      fn date(at: number) -> Date
      fn format_date(template: string, at: number) -> string
      fn getenv(name: string) -> string?
      fn args() -> string[]
      fn exit(code: number = 0) -> never
      fn tmpname() -> Result<string>
      fn remove(path: string) -> Result<()>
      fn rename(from: string, to: string) -> Result<()>
      fn execute(command: string) -> Result<number>
      type Date = {
        year: number,
        month: number,
        day: number,
        hour?: number,
        min?: number,
        sec?: number,
      }
    end
    """#
}
