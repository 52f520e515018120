// Words that people bring along from Lua, TypeScript, Rust and Python, and what Fuse has instead.

/// Words of other languages.
package enum ForeignWords {
  /// What a word is in other languages.
  package enum Use: Sendable {
    /// It begins a construct with a block: `class Point … end`.
    case block
    /// It begins a statement of a line: `throw "bad"`.
    case line
    /// It stands before a declaration: `private fn f() …`.
    case modifier
    /// It stands before a value or between two: `new P()`, `7 div 2`.
    case operation
  }

  /// What a word is that begins a statement or stands beside a value in another language.
  package static func use(of word: String) -> Use? { uses[word] }

  /// What stands in Fuse for a word of another language.
  package static func hint(forWord word: String) -> String? { words[word] ?? names[word] }

  /// What stands in Fuse for a name that another language has.
  static func hint(forName name: String) -> String? { names[name] }

  /// What stands in Fuse for a member that another language has.
  static func hint(forMember name: String) -> String? { members[name] }

  private static let names: [String: String] = [
    "int": number, "integer": number, "float": number, "double": number, "i32": number,
    "i64": number, "u8": number, "u32": number, "u64": number, "usize": number, "f32": number,
    "f64": number, "Number": number,
    "bool": truth,
    "str": "Texts are of type `string`.",
    "any": "Any value but `None` is an `unknown`; a value of Lua is an `unsafe`.",
    "void": "What gives nothing has the type `()`.",
    "Vec": "An array of `T` is written `T[]`.",
    "table": "A table is written `{ name: T }` or `{ [K]: V }`; any table is a `Table`.",
    "dict": "Look at `Map` of `@fuse:collections`.",
    "HashMap": "`HashMap` and `Map` are in `@fuse:collections`.",
    "None": "What gives nothing has the type `()`.", "null": nothing, "undefined": nothing,
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
    "Option": optional, "Optional": optional, "Maybe": optional,
    "String": "Texts are of type `string`.", "Boolean": truth, "Bool": truth,
    "List": "An array of `T` is written `T[]`; `List` is in `@fuse:collections`.",
    "Dict": "Look at `Map` of `@fuse:collections`.", "Map": "`Map` is in `@fuse:collections`.",
    "Set": "`Set` is in `@fuse:collections`.",
    "True": "It is written `true`.", "False": "It is written `false`.",
    "self": "A method names it as its first parameter: `fn name(self)`.",
    "pass": "A block that does nothing is left empty.",
    "_G": "Globals are fields of `global`.",
  ]

  private static let number = "All numbers are of type `number`."
  private static let nothing = "The absence of a value is `None`."

  private static let optional = "What may be missing is of type `T?`."
  private static let truth = "Truth values are of type `boolean`."

  private static let uses: [String: Use] = [
    "class": .block, "interface": .block, "protocol": .block, "record": .block,
    "namespace": .block, "package": .block, "def": .block, "func": .block, "fun": .block,
    "procedure": .block, "switch": .block, "elif": .block, "except": .block, "catch": .block,
    "finally": .block, "with": .block, "loop": .block, "unless": .block,
    "from": .line, "use": .line, "using": .line, "include": .line, "throw": .line, "raise": .line,
    "del": .line, "delete": .line, "var": .line, "val": .line, "assert": .line,
    "public": .modifier, "private": .modifier, "protected": .modifier, "final": .modifier,
    "abstract": .modifier, "readonly": .modifier, "override": .modifier, "internal": .modifier,
    "new": .operation, "lambda": .operation, "typeof": .operation, "div": .operation,
    "mod": .operation, "is": .operation, "instanceof": .operation, "xor": .operation,
  ]

  private static let function = "A function is `fn name(…) … end`."
  private static let choice = "Another condition of an `if` is `elseif condition then`."
  private static let result =
    "A mistake is an `Err(…)` that a function gives back; what may raise stands behind `try`."
  private static let visible =
    "A module shows what it exports: `export fn …`; a type what is `pub`."
  private static let kept = "What a value is does not change: `let name = …`."

  private static let words: [String: String] = [
    "class": "Data stands in a `struct`, its methods in an `impl`.",
    "record": "Data stands in a `struct`, its methods in an `impl`.",
    "interface": "What types have in common is a `trait`.",
    "protocol": "What types have in common is a `trait`.",
    "namespace": "Every file is a module of its own.", "package": "Every file is a module.",
    "def": function, "func": function, "fun": function, "procedure": function,
    "switch": "Cases are told apart by `match value when … end`.",
    "elif": choice, "except": result, "catch": result, "finally": result, "raise": result,
    "with": "A value that has to be closed is `own`; it is closed when its block ends.",
    "loop": "An endless loop is `while true do … end`.",
    "unless": "The opposite is `if not condition then … end`.",
    "from": module, "use": module, "using": module, "include": module,
    "del": "A name ends with its block; a key of a table is taken away by `t[key] = None`.",
    "delete": "A name ends with its block; a key of a table is taken away by `t[key] = None`.",
    "var": "A variable is `let mut name = …`.", "val": kept,
    "assert": "`assert(…)` of `@fuse:test` looks at a condition; `panic(…)` gives up.",
    "public": visible, "private": visible, "protected": visible, "internal": visible,
    "final": kept, "readonly": kept,
    "abstract": "A trait has functions without a body.",
    "override": "An `impl` of a trait has its own functions in place of those with a body there.",
    "lambda": "A function that is a value is written `fn(a, b) => …`.",
    "typeof": "The kind of a value is `typeof(value)`.",
    "div": "Division without a rest is `a // b`.", "mod": "The rest of a division is `a % b`.",
    "is": "Two values are compared by `==`; what kind a value is tells a `match`.",
    "instanceof": "What kind a value is tells a `match`.",
    "xor": "Of two conditions it is `a != b`.",
  ]

  private static let module = "A module is named by `import name from \"…\"`."

  private static let members: [String: String] = [
    "length": length, "size": length, "count": length,
    "append": "An item is added with `push(…)`.", "add": "An item is added with `push(…)`.",
    "push_back": "An item is added with `push(…)`.",
    "upper": "It is called `uppercase()`.", "toUpperCase": "It is called `uppercase()`.",
    "to_uppercase": "It is called `uppercase()`.", "lower": "It is called `lowercase()`.",
    "toLowerCase": "It is called `lowercase()`.", "to_lowercase": "It is called `lowercase()`.",
    "toString": "It is called `tostring()`.", "to_string": "It is called `tostring()`.",
    "each": "It is called `for_each(…)`; a `for` loop does as well.",
    "forEach": "It is called `for_each(…)`; a `for` loop does as well.",
    "includes": "It is called `contains(…)`.", "indexOf": "It is called `index_of(…)`.",
    "substring": "It is called `sub(from, to)`.", "gsub": "Look at `replace` and `substitute`.",
    "is_some_and": "Test it with `!= None`.", "iter": "It can be walked over as it is.",
    "unwrap_or_default": "Give another value with `or`.",
  ]

  private static let length = "The length is `#value`, or `value.len()`."
}
