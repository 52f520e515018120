// Strings of bytes and of characters. SOURCE: Fuse reference, section 8.
//
// Declarations as the compiler reads them, in the language itself.

extension StandardLibrary {
  static let string = #"""
    import { List } from "@fuse:collections"
    declare module "@fuse:string"
      fn len(s: string) -> number
      fn lowercase(s: string) -> string
      fn uppercase(s: string) -> string
      fn reverse(s: string) -> string
      fn lines(s: string) -> string[]
      fn byte(s: string, index: number = 1) -> number?
      fn bytes(s: string) -> number[]
      fn from_bytes(codes: number[]) -> string
      fn sub(s: string, from: number, to: number = -1) -> string
      fn rep(s: string, times: number, separator: string = "") -> string
      fn trim(s: string) -> string
      fn trim_start(s: string) -> string
      fn trim_end(s: string) -> string
      fn split(s: string, separator: string) -> string[]
      fn starts_with(s: string, prefix: string) -> boolean
      fn ends_with(s: string, suffix: string) -> boolean
      fn contains(s: string, part: string) -> boolean
      fn index_of(s: string, part: string, init: number = 1) -> number?
      fn replace(s: string, part: string, by: string) -> string
      fn pad_start(s: string, width: number, fill: string = " ") -> string
      fn pad_end(s: string, width: number, fill: string = " ") -> string
      fn find(s: string, pattern: string, init: number = 1) -> (
        from: number,
        to: number,
        captures: string[],
      )?
      fn captures(s: string, pattern: string) -> string[]?
      fn matches(s: string, pattern: string) -> impl Iterator<string[]>
      fn substitute(s: string, pattern: string, by: fn(string[]) -> string) -> (string, number)
      fn format(template: string, ...values: unknown?) -> Result<string>
      fn pack(template: string, ...values: unknown?) -> Result<string>
      fn unpack(template: string, data: string, at: number = 1) -> Result<List<unknown?>>
    end
    """#

  static let ustring = #"""
    declare module "@fuse:ustring"
      fn from(s: string) -> ustring
      fn try_from(s: string) -> Result<ustring>
      fn is_valid(s: string) -> boolean
      fn len(u: ustring) -> number
      fn chars(u: ustring) -> impl Iterator<ustring>
      fn codes(u: ustring) -> impl Iterator<number>
      fn from_codes(codes: number[]) -> ustring
      fn sub(u: ustring, from: number, to: number = -1) -> ustring
      fn offset(u: ustring, n: number) -> number?
    end
    """#
}
