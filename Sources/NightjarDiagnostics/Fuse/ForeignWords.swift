// Words that people bring along from Lua, TypeScript, Rust and Python, and what Fuse has instead.

/// Words of other languages.
enum ForeignWords {
  /// What stands in Fuse for a name that another language has.
  static func hint(forName name: String) -> String? { names[name] }

  /// What stands in Fuse for a member that another language has.
  static func hint(forMember name: String) -> String? { members[name] }

  private static let names: [String: String] = [
    "int": number, "integer": number, "float": number, "double": number, "i32": number,
    "i64": number, "u8": number, "u32": number, "u64": number, "usize": number, "f32": number,
    "f64": number, "Number": number,
    "bool": "Truth values are of type `boolean`.",
    "str": "Texts are of type `string`.",
    "any": "Any value but `None` is an `unknown`; a value of Lua is an `unsafe`.",
    "void": "What gives nothing has the type `()`.",
    "Vec": "An array of `T` is written `T[]`.",
    "table": "A table is written `{ name: T }` or `{ [K]: V }`; any table is a `Table`.",
    "dict": "Look at `Map` of `@fuse:collections`.",
    "HashMap": "`HashMap` and `Map` are in `@fuse:collections`.",
    "null": nothing, "undefined": nothing,
    "ipairs":
      "An array goes into a loop as it is; with places: `for (i, v) in array.enumerate() do`.",
    "pairs": "Walk over a table with `for (key, value) in Table::pairs(t) do`.",
    "range": "A range is written `1..n`.",
    "require": "A module is named by `import name from \"…\"`; one of Lua is `\"@lua:name\"`.",
    "type": "The kind of a value is `typeof(value)`.",
    "len": "The length of a text or array is `#value`.",
    "setmetatable": "Methods stand in an `impl` of a `struct`.",
    "getmetatable": "Methods stand in an `impl` of a `struct`.",
    "pcall": "What may raise stands behind `try`, which gives a `Result`.",
    "xpcall": "What may raise stands behind `try`, which gives a `Result`.",
    "error": "A mistake is an `Err(…)` that a function gives back; `panic(…)` gives up.",
    "throw": "A mistake is an `Err(…)` that a function gives back; `panic(…)` gives up.",
    "unpack": "`...array` hands over the items of an array.",
    "select": "The rest of the arguments is an array: `...name: T`.",
    "println": "`print(…)` prints.", "printf": "`print(…)` prints; `${…}` puts values into texts.",
    "console": "`print(…)` prints.",
    "this": "The value that a method is called on is `self`.",
    "new": "A value is made by `Type { field: value }` or by a function such as `Type::new(…)`.",
    "class": "Data stands in a `struct`, its methods in an `impl`.",
    "interface": "What types have in common is a `trait`.",
    "var": "A variable is `let mut name = …`.",
    "def": "A function is `fn name(…) … end`.", "func": "A function is `fn name(…) … end`.",
    "switch": "Cases are told apart by `match value when … end`.",
    "_G": "Globals are fields of `global`.",
  ]

  private static let number = "All numbers are of type `number`."
  private static let nothing = "The absence of a value is `None`."

  private static let members: [String: String] = [
    "length": length, "size": length, "count": length,
    "append": "An item is added with `push(…)`.", "add": "An item is added with `push(…)`.",
    "push_back": "An item is added with `push(…)`.",
    "upper": "It is called `uppercase()`.", "toUpperCase": "It is called `uppercase()`.",
    "to_uppercase": "It is called `uppercase()`.", "lower": "It is called `lowercase()`.",
    "toLowerCase": "It is called `lowercase()`.", "to_lowercase": "It is called `lowercase()`.",
    "toString": "It is called `tostring()`.", "to_string": "It is called `tostring()`.",
    "forEach": "It is called `for_each(…)`; a `for` loop does as well.",
    "includes": "It is called `contains(…)`.", "indexOf": "It is called `index_of(…)`.",
    "substring": "It is called `sub(from, to)`.", "gsub": "Look at `replace` and `substitute`.",
    "is_some_and": "Test it with `!= None`.", "iter": "It can be walked over as it is.",
    "unwrap_or_default": "Give another value with `or`.",
  ]

  private static let length = "The length is `#value`, or `value.len()`."
}
