// From the checked tree of one module to the tree of its Lua. Expressions give a node; what of them
// must be statements (`if`, `match`, blocks, `?` as values) is added to the open block before it.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

/// What a function's `return` gives.
enum ResultStyle: Equatable {
  /// Nothing: the value is dropped.
  case unit
  case single
  /// The items of a tuple as values of their own.
  case multiple(Int)
}

/// Where the value of a block or branch goes.
enum Destination {
  case discard
  case result
  case assign(LuaRef)
  /// The items of a tuple, each to its place.
  case assignItems([LuaRef])
}

/// A loop around.
struct LoopState {
  /// How `continue` is made there.
  enum Continue {
    case goto(Int32)
    case native
    /// `break` out of an inner `repeat … until true`.
    case inner
  }

  var `continue`: Continue
  /// The flag that a `break` sets where the body is wrapped in an inner loop.
  var breakFlag: Int32?
  /// How many closers are open outside of it.
  var closerCount: Int
}

/// What is known of the function being made.
struct FunctionState {
  var result: ResultStyle
  var loops: [LoopState] = []
  /// Owners that are closed when their block is left, the innermost last.
  var closers: [Closer] = []
  /// Whether the function is an item; else a closure or the module.
  var isItem = false
}

/// An owner to close.
struct Closer {
  var slot: Int32
  var evidence: Evidence
  /// Whether it is closed at the end of its statement.
  var isTemporary = false
}

/// A block with items.
struct ItemScope {
  /// The depth of its block in the tree of Lua.
  var depth: Int
  /// The splice that declares names ahead.
  var splice: Int32
  var aheadSlots: [Int32] = []
}

/// A function of an enum.
struct EnumFunctionKey: Hashable {
  var id: NominalID
  var function: Use.EnumFunction
}

/// Makes the Lua of one module.
struct ModuleLowering {
  let shared: SharedLowering
  let program: CheckedProgram
  let module: Int32
  let tree: FuseTree
  let names: ModuleNames
  let checked: CheckedModule
  let target: FuseTarget
  let isLibrary: Bool
  var lua = LuaTree()
  /// By declaration: its slot plus 1, or 0.
  var slotOf: [Int32]
  /// The slots that are declared ahead of their definition.
  var isAhead: Set<Int32> = []
  var function = FunctionState(result: .unit)
  /// The dictionaries that are parameters around: for each its slot.
  var dictionaries: [(parameter: TypeParameterID, trait: TraitID, ref: LuaRef)] = []
  /// The dictionary of `Self`, in default bodies and impls.
  var selfDictionaries: [(trait: TraitID, ref: LuaRef)] = []
  var items: ItemStates
  var scopes: [ItemScope] = []
  var itemsInProgress: [NodeID] = []
  /// The slots of entities of this module that have no declaration: dictionaries, tables of traits.
  var entitySlots: [Entity: Int32] = [:]
  /// What is imported from other modules, by entity or module.
  var importSlots: [Entity: Int32] = [:]
  var moduleSlots: [Int32: Int32] = [:]
  var structuralSlots: [Evidence: Int32] = [:]
  /// Texts of symbols in the tree of Lua, by symbol, plus 1.
  var symbolTexts: [Int32]
  /// By text in the tree of Lua, whether some declaration of the module is spelled so.
  private var isSpelled: [Bool] = []
  /// By text, how many unique slots begin with it.
  private var uniqueCounts: [Int32] = []
  var implementationOfNode: [NodeID: ImplementationID] = [:]
  var derivedImplementations: [NominalID: [ImplementationID]] = [:]
  /// In a library module: definitions, and statements that run.
  var definitions: [LuaRef] = []
  /// Where variables of patterns stand while a guard is looked at.
  var substitutes: [Int32: LuaRef] = [:]
  /// Whether the runtime is used.
  var usesRuntime = false
  var nesting = 0
  var labelCount = 0
  /// Variables that are assigned after their declaration.
  var changingSlots: Set<Int32> = []
  /// Calls that may give more or fewer values than one.
  var manyValued = LuaRefSet()
  var topLevelVariables: Set<Int32> = []
  var nominalOfDeclaration: [Int32: NominalID] = [:]
  var traitOfDeclaration: [Int32: TraitID] = [:]
  /// The functions that are tests.
  var tests: [FunctionID] = []
  /// By symbol, how many declarations have it.
  var declarationCounts: [Int32]
  /// The names of the modules of the target, by the declaration of the import.
  var luaModuleNames: [Int32: String] = [:]
  let requireSplice: Int32 = 0
  let importSplice: Int32 = 1
  let exportSplice: Int32 = 2
  /// The local that holds the tag of a value, by the value's slot.
  var tagSlots: [Int32: Int32] = [:]
  /// The items of a tuple that is matched without being made.
  var tupleParts: [LuaRef: [LuaRef]] = [:]
  /// The functions of enums that were made.
  var enumSlots: [EnumFunctionKey: Int32] = [:]
  var enumNameSlots: [NominalID: Int32] = [:]
  /// Enums whose tables are used.
  var usedEnums: Set<NominalID> = []
  /// In a library module: tables of types, and statements that run.
  var tables: [LuaRef] = []
  var runs: [LuaRef] = []
  /// What the uses of variables want of numbers.
  var numberUses: NumberUses
  /// The locals that hold integers.
  var integers: [Int32: IntegerForm] = [:]
  /// By declaration, whether it is an integer.
  var integerDeclarations: [Int32: IntegerForm?] = [:]
  /// By declaration of a parameter, whether it may be an integer.
  var integerParameters: [Int32: Bool] = [:]
  /// By declaration of a parameter, the function of which all calls are seen, and its place there.
  var closedParameters: [Int32: (function: FunctionID, place: Int)] = [:]
  /// By declaration, whether its uses want an integer.
  var integerWants: [Int32: Bool] = [:]
  /// Whether a loop is being made that is made twice.
  var isInColumnLoop = false
  /// The locals that hold what loops around find in fields.
  var fieldLocals: [FieldLocal] = []
  /// Sums that are floats, whatever their parts are.
  var floats = LuaRefSet()
  /// Calls of `string.byte`, which give integers.
  var bytes = LuaRefSet()
  /// What a variable that holds whole numbers is at least.
  var lows: [Int32: Int] = [:]
  /// The local that holds the last index of the loop being made.
  var clampedSlot: Int32 = 0
  /// What is known where the last `and` is true, beside what is known before it.
  var impliedBounds: (elements: [KnownBounds.Element], epoch: Int) = ([], 0)
  /// By `function` node, whether its body may stand where it is called.
  var inlinable: [NodeID: Bool] = [:]
  /// The functions whose bodies are being made where they are called.
  var inlinedFunctions: [FunctionID] = []
  /// By declaration of a parameter, the closure that is made where it is called.
  var closureArguments: [Int32: NodeID] = [:]
  /// Calls whose owners nobody takes, with what closes them.
  var temporaries: [NodeID: Evidence] = [:]
  /// The kinds of results that are checked, by their spelling.
  var resultKinds: [String: Int32] = [:]
  /// Calls that give whole numbers of 32 bits.
  var words = LuaRefSet()
  /// Variables that functions inside see, and that are assigned.
  var capturedSlots: Set<Int32> = []
  /// For a checked read that may be `false`, the read and what is done where it is missing.
  var missingElements: [LuaRef: (read: LuaRef, missing: LuaRef, failed: LuaRef)] = [:]
  /// Calls that change nothing, or do not come back.
  var quietCalls = LuaRefSet()
  /// For a checked read, the read alone.
  var uncheckedReads: [LuaRef: LuaRef] = [:]
  /// The functions of Lua's library that the module has in locals.
  var cachedFunctions: [String: Int32] = [:]

  init(shared: SharedLowering, module: Int32) {
    self.shared = shared
    program = shared.program
    self.module = module
    let fuseModule = shared.program.program.modules[Int(module)]
    tree = fuseModule.tree
    names = fuseModule.names
    checked = shared.program.modules[Int(module)]
    target = shared.target
    isLibrary = shared.isLibrary[Int(module)]
    numberUses = NumberUses(declarationCount: 0)
    items = ItemStates(nodeCount: tree.nodes.count)
    slotOf = [Int32](repeating: 0, count: names.declarations.count)
    symbolTexts = [Int32](repeating: 0, count: tree.symbolCount)
    for id in shared.implementations(of: module) {
      let implementation = shared.implementation(id)
      if implementation.derived == nil {
        implementationOfNode[implementation.node] = id
      } else if let nominal = shared.nominal(of: implementation.type) {
        derivedImplementations[nominal, default: []].append(id)
      }
    }
    declarationCounts = [Int32](repeating: 0, count: tree.symbolCount)
    noteSpellings()
    lua.splices = [[], [], []]
    lua.extra.reserveCapacity(tree.nodes.count * 2)
    lua.nodes.reserveCapacity(tree.nodes.count * 2)
  }

  // MARK: Types

  /// The type of a node, without `own`.
  func type(_ node: NodeID) -> TypeID { bare(checked[node]) }

  /// A type without `own`.
  func bare(_ type: TypeID) -> TypeID {
    if type.rawValue < 0 { return TypeStore.never }
    if case .own(let inner) = program.types[type] { return inner }
    return type
  }

  func typeKind(_ type: TypeID) -> FuseType {
    type.rawValue < 0 ? .never : program.types[bare(type)]
  }

  func isNumber(_ type: TypeID) -> Bool {
    switch typeKind(type) {
    case .number, .literal(.number): true
    default: false
    }
  }

  func isText(_ type: TypeID) -> Bool {
    switch typeKind(type) {
    case .string, .ustring, .literal(.string): true
    case .union(let members): members.allSatisfy { isText($0) }
    default: false
    }
  }

  /// Whether a value of a type may be `false` or `nil`.
  func mayBeFalsy(_ type: TypeID) -> Bool {
    switch typeKind(type) {
    case .number, .string, .ustring, .array, .table, .anyTable, .function, .dynamic: false
    case .tuple(let items): items.isEmpty
    case .literal(.boolean(let value)): !value
    case .literal: false
    case .nominal(let id, _):
      shared.isOptional(id) || shared.nominal(id).kind == .opaque
    case .union(let members): members.contains { mayBeFalsy($0) }
    default: true
    }
  }

  // MARK: Names

  /// The text of a symbol as a name of Lua.
  mutating func text(ofSymbol symbol: UInt32) -> Int32 {
    let known = symbolTexts[Int(symbol)]
    if known != 0 { return known - 1 }
    let name = tree.name(ofSymbol: symbol)
    var text = lua.text(name)
    if LuaWords.isReserved(text), !name.elementsEqual("self".utf8) {
      var bytes = Array(name)
      repeat {
        bytes.append(UInt8(ascii: "_"))
        text = lua.text(bytes)
      } while isTaken(text)
    }
    symbolTexts[Int(symbol)] = text + 1
    return text
  }

  /// Notes how the declarations of the module are spelled.
  private mutating func noteSpellings() {
    var isNoted = [Bool](repeating: false, count: tree.symbolCount)
    for declaration in names.declarations {
      if case .imported = declaration.kind { continue }
      let symbol = Int(declaration.symbol)
      if isNoted[symbol] { continue }
      isNoted[symbol] = true
      let text = Int(lua.text(tree.name(ofSymbol: declaration.symbol)))
      while isSpelled.count <= text { isSpelled.append(false) }
      isSpelled[text] = true
    }
  }

  /// Whether a text is no name for something new.
  private func isTaken(_ text: Int32) -> Bool {
    LuaWords.isReserved(text) || Int(text) < isSpelled.count && isSpelled[Int(text)]
  }

  /// The slot of a declaration, made at its first use.
  mutating func slot(of declaration: Int32) -> Int32 {
    let known = slotOf[Int(declaration)]
    if known != 0 { return known - 1 }
    let slot = lua.slot(text(ofSymbol: names.declarations[Int(declaration)].symbol))
    slotOf[Int(declaration)] = slot + 1
    let flags = names.declarations[Int(declaration)].flags
    if flags.contains(.isAssigned) || flags.contains(.isUninitialized) {
      changingSlots.insert(slot)
      if flags.contains(.isCaptured) { capturedSlots.insert(slot) }
    }
    return slot
  }

  /// A slot with a name that nothing else in the module has.
  mutating func uniqueSlot(_ base: String) -> Int32 {
    let stem = Int(lua.text(base))
    while uniqueCounts.count <= stem { uniqueCounts.append(0) }
    var name: Int32
    repeat {
      uniqueCounts[stem] += 1
      let count = uniqueCounts[stem]
      name = count == 1 ? Int32(truncatingIfNeeded: stem) : lua.text(base, count)
    } while isTaken(name)
    return lua.slot(name)
  }

  /// A function of Lua's library, kept in a local of the module.
  mutating func libraryFunction(_ table: String, _ name: String) -> LuaRef {
    let path = table + "_" + name
    if let slot = cachedFunctions[path] { return lua.name(slot) }
    let slot = uniqueSlot(path)
    cachedFunctions[path] = slot
    addToHeader(slot, lua.field(lua.raw(table), name))
    return lua.name(slot)
  }

  /// A part of the runtime.
  mutating func runtime(_ name: String) -> LuaRef {
    shared.runtime.insert(name)
    usesRuntime = true
    return lua.field(lua.raw("__rt"), name)
  }

  mutating func runtimeCall(_ name: String, _ arguments: [LuaRef]) -> LuaRef {
    let callee = runtime(name)
    return lua.call(callee, arguments)
  }

  /// Notes the line of a node for the statements made from here on.
  mutating func note(_ node: NodeID) {
    lua.line = Int32(truncatingIfNeeded: tree[tree[node].firstToken].line)
  }
}
