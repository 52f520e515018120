// Numbers, bits and plain tables. SOURCE: Fuse reference, section 8.
//
// Declarations as the compiler reads them, in the language itself.

extension StandardLibrary {
  static let math = #"""
    declare module "@fuse:math"
      const PI: number
      const E: number
      const HUGE: number
      const MAX_SAFE: number
      fn abs(x: number) -> number
      fn floor(x: number) -> number
      fn ceil(x: number) -> number
      fn round(x: number) -> number
      fn trunc(x: number) -> number
      fn sqrt(x: number) -> number
      fn exp(x: number) -> number
      fn log(x: number, base: number = 2.718281828459045) -> number
      fn sign(x: number) -> number
      fn sin(x: number) -> number
      fn cos(x: number) -> number
      fn tan(x: number) -> number
      fn asin(x: number) -> number
      fn acos(x: number) -> number
      fn atan(y: number, x: number = 1) -> number
      fn fmod(x: number, y: number) -> number
      fn modf(x: number) -> (number, number)
      fn min(first: number, ...more: number) -> number
      fn max(first: number, ...more: number) -> number
      fn clamp(x: number, low: number, high: number) -> number
      fn is_nan(x: number) -> boolean
      fn is_whole(x: number) -> boolean
      fn seed(value: number)
      fn random() -> number
      fn random_in(low: number, high: number) -> number
    end
    """#

  static let bit32 = #"""
    declare module "@fuse:bit32"
      fn band(...values: number) -> number
      fn bor(...values: number) -> number
      fn bxor(...values: number) -> number
      fn bnot(x: number) -> number
      fn lshift(x: number, n: number) -> number
      fn rshift(x: number, n: number) -> number
      fn arshift(x: number, n: number) -> number
      fn lrotate(x: number, n: number) -> number
      fn rrotate(x: number, n: number) -> number
      fn test(x: number, mask: number) -> boolean
      fn extract(x: number, at: number, width: number = 1) -> number
      fn replace(x: number, v: number, at: number, width: number = 1) -> number
    end
    """#

  static let table = #"""
    declare module "@fuse:table"
      fn keys<K, V>(t: { [K]: V }) -> K[]
      fn values<K, V>(t: { [K]: V }) -> V[]
      fn len(t: Table) -> number
      fn is_empty(t: Table) -> boolean
      fn pack(...values: unsafe) -> { [number]: unsafe }
      unsafe fn unpack(t: Table, from: number = 1, to: number = -1) -> unsafe
      fn move<T>(source: T[], from: number, to: number, at: number, mut target: T[])
      fn shallow_copy<T: Table>(t: T) -> T
    end
    """#
}
