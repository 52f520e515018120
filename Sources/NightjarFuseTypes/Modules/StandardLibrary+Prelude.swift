// What every module sees without an import. SOURCE: Fuse reference, section 8.
//
// Declarations as the compiler reads them, in the language itself.

extension StandardLibrary {
  static let prelude = #"""
    declare module "@fuse:prelude"
      fn print(...values: unknown?)
      fn panic(error: impl Error = "explicit panic") -> never
      fn assert(condition: unknown?, message: string = "assertion failed")
      fn assert_eq<T: Eq & Debug>(left: T, right: T)
      fn assert_ne<T: Eq & Debug>(left: T, right: T)
      fn typeof(value: unknown?) -> string
      fn tostring(value: unknown?) -> string
      fn identical(left: unknown?, right: unknown?) -> boolean
      fn tonumber(text: string, base: number = 10) -> number?
      trait Display fn tostring(self) -> string end
      trait Debug fn debug(self) -> string end
      trait Clone fn clone(self) -> Self end
      trait Default fn default() -> Self end
      trait Eq fn eq(self, other: Self) -> boolean end
      trait Ord: Eq fn compare(self, other: Self) -> number end
      trait Hash: Eq fn hash_key(self) -> string | number end
      trait Error: Display fn message(self) -> string fn cause(self) -> string? => None end
      trait Close fn close(own self) end
      trait Contains<T> fn contains(self, item: T) -> boolean end
      trait FromIterator<T> fn from_iterator(items: impl Iterator<T>) -> Self end
      trait IntoIterator<T = unknown> fn iter(self) -> impl Iterator<T> end
      struct Array<T: ?Shared>
        fn from(items: impl Iterator<T>) -> T[]
        fn filled(count: number, value: T) -> T[]
        fn len(self) -> number
        fn is_empty(self) -> boolean
        fn get(self, index: number) -> T?
        fn first(self) -> T?
        fn last(self) -> T?
        fn slice(self, from: number, to: number) -> T[]
        fn clone(self) -> T[]
        fn contains(self, item: T) -> boolean
        fn index_of(self, item: T) -> number?
        fn join(self, separator: string = "") -> string
        fn push(mut self, item: T)
        fn pop(mut self) -> T?
        fn insert(mut self, index: number, item: T)
        fn remove(mut self, index: number) -> T
        fn extend(mut self, items: T[])
        fn clear(mut self)
        fn reverse(mut self)
        fn sort(mut self)
        fn sort_by(mut self, compare: fn(T, T) -> number)
      end
      struct Table
        fn pairs<K, V: ?NonNil>(table: { [K]: V }) -> impl Iterator<(K, V)>
        fn ipairs<V: ?NonNil>(table: { [number]: V }) -> impl Iterator<(number, V)>
        fn raw_get(table: Table, key: unknown) -> unsafe
        fn raw_set(mut table: Table, key: unknown, value: unknown?)
      end
      type number
      type string
      type ustring
      type boolean
      struct LuaError
        pub value: unsafe
        pub trace: string?
      end
      struct Tuple
        fn new(...items: unknown?) -> unsafe
      end
      struct Range
        pub first: number
        pub last: number
        fn new(first: number, last: number) -> Range
        fn contains(self, item: number) -> boolean
        fn rev(self) -> impl Iterator<number>
        fn step(self, by: number) -> impl Iterator<number>
        fn count(self) -> number
      end
      union Optional<T: ?Shared>
        Some(T)
        None
      end
      union Result<T: ?NonNil & ?Shared, E: ?NonNil = impl Error>
        Ok(T)
        Err(E)
      end
      struct Future<T: ?NonNil & ?Shared> end
      trait Iterator<T = unknown>
        fn next(mut self) -> T?
      end
      trait AsyncIterator<T = unknown>
        async fn next(mut self) -> T?
      end
      trait Len fn len(self) -> number end
      trait Index<Key, Value> fn at(self, key: Key) -> Value end
      trait IndexMut<Key, Value> fn set_at(mut self, key: Key, value: Value) end
      trait Neg<Out = Self> fn neg(self) -> Out end
      trait BitNot<Out = Self> fn bit_not(self) -> Out end
      trait Add<Rhs = Self, Out = Self> fn add(self, rhs: Rhs) -> Out end
      trait AddRight<Lhs, Out = Self> fn add_right(self, lhs: Lhs) -> Out end
      trait Sub<Rhs = Self, Out = Self> fn sub(self, rhs: Rhs) -> Out end
      trait SubRight<Lhs, Out = Self> fn sub_right(self, lhs: Lhs) -> Out end
      trait Mul<Rhs = Self, Out = Self> fn mul(self, rhs: Rhs) -> Out end
      trait MulRight<Lhs, Out = Self> fn mul_right(self, lhs: Lhs) -> Out end
      trait Div<Rhs = Self, Out = Self> fn div(self, rhs: Rhs) -> Out end
      trait DivRight<Lhs, Out = Self> fn div_right(self, lhs: Lhs) -> Out end
      trait FloorDiv<Rhs = Self, Out = Self> fn floor_div(self, rhs: Rhs) -> Out end
      trait FloorDivRight<Lhs, Out = Self> fn floor_div_right(self, lhs: Lhs) -> Out end
      trait Rem<Rhs = Self, Out = Self> fn rem(self, rhs: Rhs) -> Out end
      trait RemRight<Lhs, Out = Self> fn rem_right(self, lhs: Lhs) -> Out end
      trait Pow<Rhs = Self, Out = Self> fn pow(self, rhs: Rhs) -> Out end
      trait PowRight<Lhs, Out = Self> fn pow_right(self, lhs: Lhs) -> Out end
      trait BitAnd<Rhs = Self, Out = Self> fn bit_and(self, rhs: Rhs) -> Out end
      trait BitAndRight<Lhs, Out = Self> fn bit_and_right(self, lhs: Lhs) -> Out end
      trait BitOr<Rhs = Self, Out = Self> fn bit_or(self, rhs: Rhs) -> Out end
      trait BitOrRight<Lhs, Out = Self> fn bit_or_right(self, lhs: Lhs) -> Out end
      trait BitXor<Rhs = Self, Out = Self> fn bit_xor(self, rhs: Rhs) -> Out end
      trait BitXorRight<Lhs, Out = Self> fn bit_xor_right(self, lhs: Lhs) -> Out end
      trait Shl<Rhs = Self, Out = Self> fn shl(self, rhs: Rhs) -> Out end
      trait ShlRight<Lhs, Out = Self> fn shl_right(self, lhs: Lhs) -> Out end
      trait Shr<Rhs = Self, Out = Self> fn shr(self, rhs: Rhs) -> Out end
      trait ShrRight<Lhs, Out = Self> fn shr_right(self, lhs: Lhs) -> Out end
    end
    """#
}
