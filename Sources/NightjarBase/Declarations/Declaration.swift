// What editors and compilers are told about functions that have no source text of a script: names, types,
// a sentence. Hosts describe theirs by their closures' types, the libraries by a table; both are written
// out in two languages (LuaDeclarations, FuseDeclarations).

/// A type as declarations have it.
package indirect enum DeclaredType: Equatable, Sendable {
  /// Any value, nil included.
  case any
  case boolean
  case integer
  case number
  case string
  case table
  case function
  case thread
  case userdata
  /// A class that is declared, too.
  case named(String)
  /// One of these strings.
  case literals([String])
  /// The type, or nil.
  case optional(DeclaredType)
  /// A list.
  case list(DeclaredType)
  /// A table with such keys and values.
  case dictionary(DeclaredType, DeclaredType)
  /// One of several types.
  case union([DeclaredType])
}

/// A parameter.
package struct DeclaredParameter: Equatable, Sendable {
  package var name: String
  package var type: DeclaredType
  /// Whether calls may leave it out.
  package var isOptional: Bool

  package init(_ name: String, _ type: DeclaredType, isOptional: Bool = false) {
    self.name = name
    self.type = type
    self.isOptional = isOptional
  }
}

/// A function.
package struct DeclaredFunction: Equatable, Sendable {
  package var name: String
  package var documentation: String
  package var parameters: [DeclaredParameter]
  /// The type of any number of further arguments; nil where there are none.
  package var rest: DeclaredType?
  package var results: [DeclaredType]
  /// The type of any number of further results.
  package var furtherResults: DeclaredType?

  package init(
    _ name: String,
    _ documentation: String = "",
    parameters: [DeclaredParameter] = [],
    rest: DeclaredType? = nil,
    results: [DeclaredType] = [],
    furtherResults: DeclaredType? = nil
  ) {
    self.name = name
    self.documentation = documentation
    self.parameters = parameters
    self.rest = rest
    self.results = results
    self.furtherResults = furtherResults
  }
}

/// A value that is no function.
package struct DeclaredValue: Equatable, Sendable {
  package var name: String
  package var documentation: String
  package var type: DeclaredType
  package var isReadOnly: Bool

  package init(
    _ name: String,
    _ documentation: String = "",
    _ type: DeclaredType,
    isReadOnly: Bool = false
  ) {
    self.name = name
    self.documentation = documentation
    self.type = type
    self.isReadOnly = isReadOnly
  }
}

/// A type of objects.
package struct DeclaredClass: Equatable, Sendable {
  package var name: String
  package var documentation: String
  package var fields: [DeclaredValue] = []
  /// Called on an object.
  package var methods: [DeclaredFunction] = []
  /// Called on the type.
  package var statics: [DeclaredFunction] = []
  /// Values of the type itself.
  package var constants: [DeclaredValue] = []
  /// Operators by LuaLS's names, such as `add`; the parameter, if any, is the other operand.
  package var operators: [DeclaredFunction] = []
  /// What indexing gives where no field has the name.
  package var element: (key: DeclaredType, value: DeclaredType)?
  /// What calling an object does.
  package var call: DeclaredFunction?
  /// Whether scripts find a global table of the name.
  package var isGlobal = true

  package init(_ name: String, _ documentation: String = "") {
    self.name = name
    self.documentation = documentation
  }

  package static func == (left: DeclaredClass, right: DeclaredClass) -> Bool {
    left.name == right.name && left.fields == right.fields && left.methods == right.methods
      && left.statics == right.statics
  }
}

/// A table of functions and values: a library.
package struct DeclaredTable: Equatable, Sendable {
  /// Its path from the globals: `string`, `api.mail`.
  package var name: String
  package var documentation: String
  package var functions: [DeclaredFunction] = []
  package var values: [DeclaredValue] = []
  /// Whether `require` gives it.
  package var isModule = false

  package init(_ name: String, _ documentation: String = "") {
    self.name = name
    self.documentation = documentation
  }
}

/// All that is offered.
package struct Declarations: Equatable, Sendable {
  /// Global functions and values.
  package var globals = DeclaredTable("")
  package var tables: [DeclaredTable] = []
  package var classes: [DeclaredClass] = []

  package init() {}

  /// Puts a function where its path says: `send` among the globals, `api.send` into a table.
  package mutating func add(_ function: DeclaredFunction, at path: String) {
    change(table(of: path)) { table, name in
      var function = function
      function.name = name
      table.functions.removeAll { $0.name == name }
      table.functions.append(function)
    }
  }

  /// Puts a value where its path says.
  package mutating func add(_ value: DeclaredValue, at path: String) {
    change(table(of: path)) { table, name in
      var value = value
      value.name = name
      table.values.removeAll { $0.name == name }
      table.values.append(value)
    }
  }

  private func table(of path: String) -> (table: String, name: String) {
    guard let dot = path.lastIndex(of: ".") else { return ("", path) }
    return (String(path[..<dot]), String(path[path.index(after: dot)...]))
  }

  private mutating func change(
    _ place: (table: String, name: String),
    _ body: (inout DeclaredTable, String) -> Void
  ) {
    if place.table.isEmpty { return body(&globals, place.name) }
    if let index = tables.firstIndex(where: { $0.name == place.table }) {
      return body(&tables[index], place.name)
    }
    var table = DeclaredTable(place.table)
    body(&table, place.name)
    tables.append(table)
  }
}

/// The languages in which declarations are written.
package enum DeclarationFormat: String, CaseIterable, Sendable {
  /// Annotations for Lua language servers.
  case luals
  /// Declarations of Fuse.
  case fuse
}

extension Declarations {
  /// The declarations as text.
  package func text(in format: DeclarationFormat) -> String {
    switch format {
    case .luals: LuaDeclarations.text(of: self)
    case .fuse: FuseDeclarations.text(of: self)
    }
  }
}
