// Just-in-time compilers and C. SOURCE: Fuse reference, section 8.
//
// Declarations as the compiler reads them, in the language itself.

extension StandardLibrary {
  static let jit = #"""
    declare module "@fuse:jit"
      fn available() -> boolean
      fn name() -> string?
      fn enabled() -> boolean
      fn enable(on: boolean)
      fn flush()
      fn compile(function_value: unknown, on: boolean = true)
    end
    """#

  static let ffi = #"""
    declare module "@fuse:ffi"
      type i8
      type i16
      type i32
      type i64
      type u8
      type u16
      type u32
      type u64
      type float
      type double
      type int
      type long
      type size
      type bool
      type cstring
      type Int64
      type ptr<T>
      type array<T>
      struct Library end
      fn new<T>() -> own ptr<T>
      fn load(name: string) -> Result<Library>
      fn sizeof<T>() -> number
      unsafe fn copy(target: unsafe, source: unsafe, count: number)
      unsafe fn fill(target: unsafe, count: number, value: number = 0)
      unsafe fn to_string(source: unsafe, count: number? = None) -> string
    end
    """#
}
