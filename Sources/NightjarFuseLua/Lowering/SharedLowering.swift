// What the lowerings of all modules of a program share: which items of the library are reached, what
// of each module others use, and which parts of the runtime are needed.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

/// Something at module level that other code refers to.
enum Entity: Hashable, Sendable {
  case function(FunctionID)
  /// The table of a struct, enum or union.
  case container(NominalID)
  /// The table with the inherent methods of a type that has no declaration of its own.
  case builtin(Int32, String)
  /// The table with the default bodies of a trait.
  case traitTable(TraitID)
  /// The dictionary of an `impl`.
  case implementation(ImplementationID)
  /// The dictionary for values that are an `impl Tr`.
  case dynamic(TraitID)
  case variable(DeclarationID)
  /// A static of an `impl`.
  case member(ImplementationID, NodeID)
}

/// How a program is to be emitted.
package struct FuseLuaOptions: Sendable {
  /// What stands before the names of modules in `require`.
  package var modulePrefix = ""
  /// Whether reads of arrays are checked.
  package var checksBounds = true
  /// Whether casts are checked.
  package var checksCasts = true
  /// Whether results of declared functions are checked.
  package var checksBoundary = false
  /// Whether the functions that are tests are there.
  package var includesTests = false

  /// The usual options.
  package init() {}
}

/// What the modules of a program share while they are lowered.
final class SharedLowering {
  let program: CheckedProgram
  let target: FuseTarget
  let options: FuseLuaOptions
  /// The library items still to be lowered.
  var queue: [Entity] = []
  /// By module: what others use of it, in the order of asking.
  var demanded: [[Entity]]
  private var known: Set<Entity> = []
  /// The runtime parts that are used.
  var runtime: Set<String> = []
  let isLibrary: [Bool]
  /// The impls of a nominal type, by its number.
  private(set) var implementationsOf: [[ImplementationID]]
  private var implementationsOfModule: [[ImplementationID]]
  private var nominalsOfModule: [[NominalID]]
  private var traitsOfModule: [[TraitID]]
  /// The methods of traits that some impl defines although the trait has a default.
  private(set) var overridden: Set<FunctionID> = []
  /// The traits that are types somewhere.
  private(set) var dynamicTraits: Set<TraitID> = []
  /// For each impl a name, the same in every run.
  private(set) var implementationNames: [String] = []
  var diagnostics: [[Diagnostic]]
  /// The types that some `as` looks for, which needs their metatables.
  private(set) lazy var castNominals = findCastNominals()
  /// The functions that are known to leave arrays as they are, or not.
  var calmFunctions: [CalmKey: Bool] = [:]
  /// By module what reads its code, made when it is asked for.
  var calmReaders: [Int32: CalmReader] = [:]
  /// Those found to be calm, in the order of asking.
  var takenAsCalm: [CalmKey] = []
  /// The small functions of the library, as expressions.
  var templates: [FunctionID: Template?] = [:]

  init(program: CheckedProgram, target: FuseTarget, options: FuseLuaOptions) {
    self.program = program
    self.target = target
    self.options = options
    let modules = program.program.modules
    demanded = Array(repeating: [], count: modules.count)
    diagnostics = Array(repeating: [], count: modules.count)
    isLibrary = modules.map { $0.path.hasPrefix("@fuse:") || $0.path.hasPrefix("@lua:") }
    implementationsOf = Array(repeating: [], count: program.nominals.count)
    implementationsOfModule = Array(repeating: [], count: modules.count)
    nominalsOfModule = Array(repeating: [], count: modules.count)
    traitsOfModule = Array(repeating: [], count: modules.count)
    sortByModule()
    for index in program.implementations.indices {
      let implementation = program.implementations[index]
      if let nominal = nominal(of: implementation.type) {
        implementationsOf[Int(nominal.rawValue)].append(ImplementationID(Int32(index)))
      }
      guard let trait = implementation.trait?.id else { continue }
      for method in implementation.methods {
        if let original = traitMethod(
          named: program.functions[Int(method.rawValue)].name,
          of: trait
        ) {
          if hasDefault(original) { overridden.insert(original) }
        }
      }
    }
    nameImplementations()
  }

  /// Notes which module has what; numbers that are not in use belong to none.
  private func sortByModule() {
    for (index, item) in program.implementations.enumerated() where item.module >= 0 {
      let id = ImplementationID(Int32(truncatingIfNeeded: index))
      implementationsOfModule[Int(item.module)].append(id)
    }
    for (index, item) in program.nominals.enumerated() where item.declaration.module >= 0 {
      let id = NominalID(Int32(truncatingIfNeeded: index))
      nominalsOfModule[Int(item.declaration.module)].append(id)
    }
    for (index, item) in program.traits.enumerated() where item.declaration.module >= 0 {
      let id = TraitID(Int32(truncatingIfNeeded: index))
      traitsOfModule[Int(item.declaration.module)].append(id)
    }
  }

  // MARK: Questions

  func implementations(of module: Int32) -> [ImplementationID] {
    implementationsOfModule[Int(module)]
  }
  func nominals(of module: Int32) -> [NominalID] { nominalsOfModule[Int(module)] }
  func traits(of module: Int32) -> [TraitID] { traitsOfModule[Int(module)] }

  func function(_ id: FunctionID) -> FunctionDeclaration { program.functions[Int(id.rawValue)] }
  func nominal(_ id: NominalID) -> NominalType { program.nominals[Int(id.rawValue)] }
  func trait(_ id: TraitID) -> TraitDeclaration { program.traits[Int(id.rawValue)] }
  func implementation(_ id: ImplementationID) -> Implementation {
    program.implementations[Int(id.rawValue)]
  }
  func spelling(_ name: NameID) -> String { program.types.name(name) }

  /// The nominal type of a type, without `own`.
  func nominal(of type: TypeID) -> NominalID? {
    guard type.rawValue >= 0 else { return nil }
    switch program.types[type] {
    case .nominal(let id, _): return id
    case .own(let inner): return nominal(of: inner)
    default: return nil
    }
  }

  /// The module that declares a function.
  func traitMethod(named name: NameID, of trait: TraitID) -> FunctionID? {
    self.trait(trait).methods.first { function($0).name == name }
  }

  /// Whether a trait's method has a body.
  func hasDefault(_ id: FunctionID) -> Bool {
    let function = function(id)
    let tree = program.program.modules[Int(function.module)].tree
    return tree.function(function.node).body.isPresent
  }

  /// Whether the functions of an `impl` sit in the metatable of its values.
  func usesMetatable(_ type: TypeID) -> Bool {
    guard let id = nominal(of: type) else { return false }
    let nominal = nominal(id)
    if nominal.isDeclared || nominal.isPlainTable { return false }
    if isResult(id) || isOptional(id) { return false }
    return nominal.kind == .structType || nominal.kind == .unionType
  }

  func isPrelude(_ id: NominalID, _ name: String) -> Bool {
    let nominal = nominal(id)
    return nominal.declaration.module == 0 && spelling(nominal.name) == name
  }

  func isResult(_ id: NominalID) -> Bool { isPrelude(id, "Result") }
  func isOptional(_ id: NominalID) -> Bool { isPrelude(id, "Optional") }

  /// Whether a trait's method is found in dictionaries: it is required or some impl has its own.
  func isInDictionaries(_ id: FunctionID) -> Bool {
    if !hasDefault(id) || overridden.contains(id) { return true }
    return !isLibrary[Int(function(id).module)]
  }

  /// How many values a call of the worker gives; `nil` if the function gives one value.
  func workerCount(_ id: FunctionID) -> Int? {
    let function = function(id)
    switch function.owner {
    case .block: break
    case .implementation(let id): if implementation(id).trait != nil { return nil }
    case .trait, .declaredType, .declaredModule: return nil
    }
    if function.qualifiers.contains(.isAsync) || function.qualifiers.contains(.isGenerator) {
      return nil
    }
    return tupleCount(function.result)
  }

  /// The number of items of a tuple type with any.
  func tupleCount(_ type: TypeID) -> Int? {
    guard type.rawValue >= 0 else { return nil }
    if case .tuple(let items) = program.types[type], !items.isEmpty { return items.count }
    return nil
  }

  // MARK: Demand

  /// Notes that a module's item is used by others.
  func demand(_ entity: Entity, of module: Int32) {
    guard known.insert(entity).inserted else { return }
    demanded[Int(module)].append(entity)
    if isLibrary[Int(module)] { queue.append(entity) }
  }

  func module(of entity: Entity) -> Int32 {
    switch entity {
    case .function(let id): function(id).module
    case .container(let id): nominal(id).declaration.module
    case .builtin(let module, _): module
    case .traitTable(let id), .dynamic(let id): trait(id).declaration.module
    case .implementation(let id), .member(let id, _): implementation(id).module
    case .variable(let id): id.module
    }
  }

  func isDemanded(_ entity: Entity) -> Bool { known.contains(entity) }

  // MARK: Names

  /// A short name of a type for the dictionaries of its impls.
  func shortName(_ type: TypeID) -> String {
    guard type.rawValue >= 0 else { return "value" }
    switch program.types[type] {
    case .number: return "number"
    case .string: return "string"
    case .ustring: return "ustring"
    case .boolean: return "boolean"
    case .array: return "Array"
    case .tuple: return "Tuple"
    case .table, .anyTable: return "Table"
    case .nominal(let id, _): return spelling(nominal(id).name)
    case .own(let inner): return shortName(inner)
    case .dynamic(let id, _): return spelling(trait(id).name)
    case .parameter: return "Any"
    case .union(let members): return members.contains(TypeStore.nil) ? "Optional" : "Union"
    default: return "value"
    }
  }

  private func nameImplementations() {
    var counts: [String: Int] = [:]
    for implementation in program.implementations {
      guard let trait = implementation.trait else {
        implementationNames.append(shortName(implementation.type))
        continue
      }
      let name = shortName(implementation.type) + "_" + spelling(self.trait(trait.id).name)
      let key = "\(implementation.module)/\(name)"
      counts[key, default: 0] += 1
      let count = counts[key] ?? 1
      implementationNames.append(count == 1 ? name : "\(name)_\(count)")
    }
  }

  /// The name under which an entity is exported, and under which its own module knows it.
  func name(of entity: Entity) -> String {
    switch entity {
    case .function(let id): return spelling(function(id).name)
    case .container(let id): return spelling(nominal(id).name)
    case .builtin(_, let name): return name
    case .traitTable(let id): return spelling(trait(id).name)
    case .implementation(let id): return implementationNames[Int(id.rawValue)]
    case .dynamic(let id): return "dynamic_" + spelling(trait(id).name)
    case .variable(let id):
      let module = program.program.modules[Int(id.module)]
      let declaration = module.names.declarations[Int(id.declaration)]
      return String(decoding: module.tree.name(ofSymbol: declaration.symbol), as: UTF8.self)
    case .member(let id, let node):
      let tree = program.program.modules[Int(implementation(id).module)].tree
      return tree.name(of: tree[node].mainToken)
    }
  }
}
