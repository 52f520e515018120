// Realms: what a machine holds once for each dialect. Chunks of several dialects share the heap and
// pass values freely; global variables and libraries are each dialect's own.
//
// The first realm is made with the machine. Another is made when the first chunk of its dialect is
// loaded. Its `package.loaded` has its own libraries and leads to the first realm's for all else, so
// that a module is loaded once, whoever asks for it.

package import NightjarBase

/// Globals and libraries of one dialect.
struct Realm {
  var globals: TableRef?
  /// `package.loaded`.
  var loaded: TableRef?
  /// What `setfenv(0, t)` put in the place of the globals, by fiber; a table with weak keys.
  var threadGlobals: TableRef?
  /// The metatable of strings.
  var strings: TableRef?
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// The dialect of the function that runs: a native that has no frame counts as its caller.
  var runningDialect: LuaDialect {
    let frame = pointee.frame
    if frame.pointee.isNative {
      return frame.pointee.function.assumingMemoryBound(to: NativeObject.self).dialect
    }
    return prototype(of: frame).pointee.dialect
  }

  /// The rules of the function that runs.
  var runningRules: DialectRules { runningDialect.rules }

  /// The metatable of strings as the running function sees it.
  @inline(__always) var stringMetatable: TableRef? {
    pointee.isMixed ? mixedStringMetatable : pointee.typeMetatables[Int(Tag.string.raw)]
  }

  @inline(never) private var mixedStringMetatable: TableRef? {
    pointee.realms[Int(runningDialect.rawValue)].strings
  }

  /// The globals of a dialect; its libraries are opened when this is the first time.
  func globals(of dialect: LuaDialect) -> TableRef {
    if let globals = pointee.realms[Int(dialect.rawValue)].globals { return globals }
    // A host that says nothing about other dialects grants no more than it gave the first.
    return pointee.openLibraries == nil ? pointee.globals : openRealm(dialect)
  }

  /// `package.loaded` as a dialect has it.
  func loaded(of dialect: LuaDialect) -> TableRef {
    _ = globals(of: dialect)
    return pointee.realms[Int(dialect.rawValue)].loaded ?? pointee.loaded
  }

  private func openRealm(_ dialect: LuaDialect) -> TableRef {
    let (globals, loaded, opening) = (pointee.globals, pointee.loaded, pointee.opening)
    let strings = pointee.typeMetatables[Int(Tag.string.raw)]
    let number = Int(dialect.rawValue)
    pointee.globals = newTable()
    pointee.realms[number].globals = pointee.globals
    pointee.loaded = newTable()
    pointee.realms[number].loaded = pointee.loaded
    pointee.opening = dialect
    openIntrinsics()
    pointee.openLibraries?()
    // Too little memory shows when a script looks for what is missing.
    try? shareModules(pointee.loaded, with: loaded)
    try? takeSharedGlobals()
    pointee.realms[number].strings = pointee.typeMetatables[Int(Tag.string.raw)]
    let made = pointee.globals
    pointee.typeMetatables[Int(Tag.string.raw)] = strings
    (pointee.globals, pointee.loaded, pointee.opening) = (globals, loaded, opening)
    pointee.realms[Int(pointee.mainDialect.rawValue)].strings = strings
    pointee.isMixed = true
    return made
  }

  private static var sharedKey: StaticString { "NIGHTJAR_SHARED" }

  /// Makes a value the global of a name in all dialects, also those that are opened later; a library is a module,
  /// too.
  func share(_ name: Value, _ value: Value) throws(ScriptError) {
    let key = Value(string(Self.sharedKey))
    var shared = rawGet(pointee.registry, key)
    if !shared.isTable {
      shared = Value(newTable())
      try rawSet(pointee.registry, key, shared)
    }
    try rawSet(shared.table, name, value)
    try setShared(name, value, pointee.globals, pointee.loaded)
    for index in pointee.realms.indices {
      guard let globals = pointee.realms[index].globals, let loaded = pointee.realms[index].loaded
      else { continue }
      try setShared(name, value, globals, loaded)
    }
  }

  /// Gives the dialect that is being opened what all share.
  private func takeSharedGlobals() throws(ScriptError) {
    let shared = rawGet(pointee.registry, Value(string(Self.sharedKey)))
    guard shared.isTable else { return }
    var position = 0
    while let (name, value) = nextEntry(shared.table, &position) {
      try setShared(name, value, pointee.globals, pointee.loaded)
    }
  }

  private func setShared(
    _ name: Value,
    _ value: Value,
    _ globals: TableRef,
    _ loaded: TableRef
  ) throws(ScriptError) {
    try rawSet(globals, name, value)
    if value.isTable { try rawSet(loaded, name, value) }
  }

  /// Lets a table of modules lead to another for what it does not have itself.
  private func shareModules(_ table: TableRef, with shared: TableRef) throws(ScriptError) {
    let metatable = newTable()
    try rawSet(metatable, Value(string("__index")), Value(shared))
    try rawSet(metatable, Value(string("__newindex")), Value(shared))
    setMetatable(table, metatable)
  }

  /// Opens the libraries the engine has itself, for the dialect being opened.
  func openIntrinsics() {
    // Too little memory for the libraries shows when a script looks for them.
    try? openBase()
    try? openCoroutine()
    try? openString()
    try? openTable()
    try? openMath()
    if LibraryTable.offers("char", of: "utf8", in: pointee.opening) { try? openUtf8() }
    if pointee.hasWholeDebug { try? openDebug() } else { try? openHarmlessDebug() }
    try? openBits()
  }
}

extension NativeCall {
  /// The native being run.
  var native: NativeRef {
    let frame = vm.pointee.frame
    if frame.pointee.isNative && frame.pointee.base == slots {
      return frame.pointee.function.assumingMemoryBound(to: NativeObject.self)
    }
    return slots[0].native
  }

  /// The dialect whose library the native belongs to.
  package var dialect: LuaDialect { native.dialect }

  /// The rules of that dialect.
  package var rules: DialectRules { dialect.rules }

  /// Whether that dialect's library does what a rule says.
  @inline(__always)
  package func follows(_ rule: LibraryRule) -> Bool { dialect.follows(rule) }

  /// A count as the dialect has numbers: what natives put into tables is no result, of which
  /// `floating` would take care.
  package func number(_ count: Int) -> Value {
    dialect.hasIntegers ? Value(count) : Value(Double(count))
  }

  /// A number as the native's dialect writes it.
  func numberToString(_ value: Value) -> StringRef {
    vm.numberToString(value, value.isInteger ? .fourteenMarked : rules.floatFormat)
  }

  /// The entry of natives in dialects without integers: runs the native itself and makes floats of
  /// the integers it returns or passes on.
  static let floating: NativeEntry = { raw, slot, count, phase in
    let vm = raw.assumingMemoryBound(to: MachineState.self)
    let call = NativeCall(raw, slot, count, phase)
    let native = call.native
    let offset = call.slots - vm.pointee.fiber.pointee.stack
    let outcome = native.wrappedEntry.pointee(raw, slot, count, phase)
    let first: Int
    switch NativeOutcome.kind(outcome) {
    case NativeOutcome.Kind.results, NativeOutcome.Kind.yield: first = 0
    case NativeOutcome.Kind.call, NativeOutcome.Kind.tailCall, NativeOutcome.Kind.resume: first = 1
    default: return outcome
    }
    // The stack may have moved.
    let values =
      vm.pointee.fiber.pointee.stack + (offset + NativeOutcome.index(outcome) + first)
    var n = 0
    while n < NativeOutcome.count(outcome) {
      if values[n].isInteger { values[n] = Value(Double(values[n].integer)) }
      n += 1
    }
    return outcome
  }
}
