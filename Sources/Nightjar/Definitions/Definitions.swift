// What a host offers, written down for editors and compilers.

internal import NightjarBase

/// The languages in which `Machine.definitions(_:)` writes.
public enum DefinitionFormat: String, Sendable, CaseIterable {
  /// Annotations that Lua language servers read: a `.lua` file that begins with `---@meta`.
  case luals
  /// Declarations that the compiler of Fuse reads: a `.d.fuse` file.
  case fuse

  var base: DeclarationFormat {
    switch self {
    case .luals: .luals
    case .fuse: .fuse
    }
  }
}

extension ScriptType.Signature {
  /// The signature of functions from one list of types to another.
  public static func of<each Parameter: ScriptConvertible, each Result: ScriptConvertible>(
    _ parameters: (repeat each Parameter).Type,
    _ results: (repeat each Result).Type
  ) -> ScriptType.Signature {
    var signature = ScriptType.Signature(parameters: [], results: [])
    for type in repeat (each Parameter).self { signature.parameters.append(type.declaredType) }
    for type in repeat (each Result).self { signature.results.append(type.declaredType) }
    return signature
  }

  /// The descriptions of the types that it speaks of.
  var mentions: [ScriptType] { (parameters + results).flatMap(\.mentions) }
}

/// Something that was given to `define`.
struct Definition {
  /// A name, or a path of names with dots between.
  let path: String
  let documentation: String
  /// Names of parameters, as far as they were given.
  let parameters: [String]
  /// A function's types; a value's is its result.
  let signature: () -> ScriptType.Signature
  let isFunction: Bool
}

extension Machine {
  /// Declarations of what the host offers to scripts: the functions and values given by `define`, with the
  /// types of their closures, and the types given to `expose`.
  ///
  /// Write them to a file of the script author's workspace, and editors complete and check the host's API:
  ///
  ///     try machine.definitions(.luals).write(toFile: "types/api.lua", …)
  ///
  /// What was only assigned, as by `machine["name"] = …`, is not among them.
  public func definitions(_ format: DefinitionFormat = .luals) -> String {
    var declarations = Declarations()
    var known: Set<String> = []
    var waiting: [ScriptType] = []
    for definition in core.definitions {
      let signature = definition.signature()
      waiting += signature.mentions
      declarations.add(definition, signature)
    }
    // Types that are mentioned by others are declared, too; only exposed ones are globals.
    for type in core.exposed where known.insert(type.name).inserted {
      let (declared, mentions) = type.declared
      declarations.classes.append(declared)
      waiting += mentions
    }
    while !waiting.isEmpty {
      let type = waiting.removeFirst()
      guard known.insert(type.name).inserted else { continue }
      var (declared, mentions) = type.declared
      declared.isGlobal = false
      declared.statics = []
      declared.constants = []
      declarations.classes.append(declared)
      waiting += mentions
    }
    return declarations.text(in: format.base)
  }

  /// Makes a value the global of a name, and documents it.
  ///
  ///     try machine.define("api.version", "The version of the host.", value: "2.1")
  ///
  /// - Parameters:
  ///   - name: The name, or a path of names with dots between: the tables on the way are made.
  ///   - documentation: What it is, in a sentence.
  ///   - value: The value.
  /// - Throws: when memory is out.
  public func define<Value: ScriptConvertible>(
    _ name: String,
    _ documentation: String = "",
    value: Value
  ) throws(ScriptError) {
    set(try value.scriptValue(in: self), at: Self.names(in: name))
    core.definitions.append(
      Definition(
        path: name,
        documentation: documentation,
        parameters: [],
        signature: { .init(parameters: [], results: [Value.declaredType]) },
        isFunction: false
      )
    )
  }

  /// What `define` does with a function.
  public func _define(
    _ name: String,
    _ documentation: String,
    _ parameters: [String],
    _ function: Function,
    _ signature: @escaping () -> ScriptType.Signature
  ) {
    set(.function(function), at: Self.names(in: name))
    core.definitions.append(
      Definition(
        path: name,
        documentation: documentation,
        parameters: parameters,
        signature: signature,
        isFunction: true
      )
    )
  }

  private static func names(in path: String) -> [String] {
    path.split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
  }
}

extension Declarations {
  fileprivate mutating func add(_ definition: Definition, _ signature: ScriptType.Signature) {
    if definition.isFunction {
      let function = DeclaredFunction(
        "",
        definition.documentation,
        signature,
        definition.parameters
      )
      return add(function, at: definition.path)
    }
    let type = signature.results.first?.base ?? .any
    add(DeclaredValue("", definition.documentation, type), at: definition.path)
  }
}

extension DeclaredFunction {
  init(
    _ name: String,
    _ documentation: String,
    _ signature: ScriptType.Signature,
    _ names: [String]
  ) {
    self.init(
      name,
      documentation,
      parameters: signature.parameters.enumerated().map { index, type in
        let name = index < names.count ? names[index] : "p\(index + 1)"
        return DeclaredParameter(name, type.base)
      },
      results: signature.results.map(\.base)
    )
  }
}

extension ScriptType {
  /// The type's declaration in one of the languages.
  public func definition(_ format: DefinitionFormat = .luals) -> String {
    var declarations = Declarations()
    declarations.classes = [declared.type]
    return declarations.text(in: format.base)
  }

  /// The type as declarations have it, and the types that it speaks of.
  var declared: (type: DeclaredClass, mentions: [ScriptType]) {
    var type = DeclaredClass(name, documentation)
    var mentions: [ScriptType] = []
    let writable = Set(members.filter { $0.kind == .setter }.map(\.name))
    for member in members {
      let signature = member.signature
      mentions += signature.mentions
      let function = DeclaredFunction(
        member.name,
        member.documentation,
        signature,
        member.parameterNames
      )
      switch member.kind {
      case .method: type.methods.append(function)
      case .staticMethod: type.statics.append(function)
      case .constant:
        type.constants.append(
          DeclaredValue(member.name, member.documentation, signature.results.first?.base ?? .any)
        )
      case .getter:
        type.fields.append(
          DeclaredValue(
            member.name,
            member.documentation,
            signature.results.first?.base ?? .any,
            isReadOnly: !writable.contains(member.name)
          )
        )
      case .setter: break
      case .metamethod: type.add(metamethod: function)
      }
    }
    return (type, mentions)
  }
}

extension DeclaredClass {
  /// Adds what a metamethod says of the type.
  fileprivate mutating func add(metamethod function: DeclaredFunction) {
    var function = function
    switch function.name {
    case "__call": call = function
    case "__index":
      if let key = function.parameters.first?.type, let value = function.results.first {
        element = (key, value)
      }
    case "__len", "__unm":
      function.name = String(function.name.dropFirst(2))
      function.parameters = []
      operators.append(function)
    case "__newindex", "__tostring", "__pairs", "__close", "__eq", "__lt", "__le": break
    default:
      // Annotations have the type on the left.
      guard function.parameters.first?.type == .named(name) else { return }
      function.name = String(function.name.dropFirst(2))
      function.parameters.removeFirst()
      operators.append(function)
    }
  }
}
