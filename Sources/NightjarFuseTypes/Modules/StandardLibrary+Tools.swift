// Coroutines, debugging, JSON and tests. SOURCE: Fuse reference, section 8.
//
// Declarations as the compiler reads them, in the language itself.

extension StandardLibrary {
  static let coroutine = #"""
    declare module "@fuse:coroutine"
      struct Coroutine<In: ?NonNil, Out: ?NonNil>
        fn new(body: unsafe fn(In) -> Out) -> Coroutine<In, Out>
        fn resume(mut self, value: In) -> Result<Out>
        fn status(self) -> "suspended" | "running" | "normal" | "dead"
        fn close(mut self)
      end
      unsafe fn suspend(value: unsafe) -> unsafe
      fn is_yieldable() -> boolean
    end
    """#

  static let debug = #"""
    declare module "@fuse:debug"
      fn traceback(message: string = "", level: number = 1) -> string
      fn location(level: number = 1) -> (file: string, line: number)?
      fn dump(value: unknown?, depth: number = 4) -> string
    end
    """#

  static let json = #"""
    import { Map } from "@fuse:collections"
    declare module "@fuse:json"
      union Json
        Null
        Bool(boolean)
        Number(number)
        Text(string)
        List(Json[])
        Object(Map<string, Json>)
      end
      fn parse(text: string) -> Result<Json, JsonError>
      fn write(value: Json, indent: number = 0) -> string
      struct JsonError pub line: number pub column: number fn message(self) -> string end
    end
    """#

  static let test = #"""
    declare module "@fuse:test"
      fn catch<T: ?NonNil>(body: fn() -> T) -> Result<T, PanicInfo>
      fn expect_panic(part: string, body: fn())
      fn skip(reason: string) -> never
      fn near(left: number, right: number, tolerance: number = 1e-9)
      fn run_virtual<T: ?NonNil>(future: own Future<T>) -> T
      struct PanicInfo pub message: string pub trace: string? end
    end
    """#
}
