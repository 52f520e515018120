// The modules of a machine: the resolvers, what each module keeps from one version to the next, and how
// a new version takes the place of the old one.
//
// A module is called with its name, with where it came from, and with a function `keep`. What it keeps
// under a name is handed to its next version; everything else is made anew. The table that `require`
// gave stays the same one, so that whoever holds it sees the new version: the new version's fields
// move into it, and the new version's own table, to which its functions refer, forwards to it.

import NightjarEngine
import NightjarLuaLibrary

/// The modules of one machine.
final class Modules {
  var resolvers: [any ModuleResolver] = []
  /// The function `keep` of each module.
  private var keepers: [String: Function] = [:]
  private let makeKeeper: Function
  private let makeLoader: Function
  private let makeAnswer: Function
  private let adopt: Function

  /// The parts that are easier said in Lua: they run as script frames, which can be suspended anywhere.
  ///
  /// `adopt` empties the table of the new version into that of the old one without metamethods.
  private static let support = """
    local next, pairs, rawset = next, pairs, rawset
    local function keeper()
      local kept = {}
      return function(name, first)
        local value = kept[name]
        if value == nil then
          value = first
          kept[name] = value
        end
        return value
      end
    end
    local function loader(run, keep)
      return function(name, place) return run(name, place, keep) end
    end
    local function answer(value)
      return function() return value end
    end
    local function adopt(old, new)
      for key in next, old do rawset(old, key, nil) end
      for key, value in next, new do rawset(old, key, value) end
      for key in next, new do rawset(new, key, nil) end
      return {
        __index = old,
        __newindex = old,
        __len = function() return #old end,
        __pairs = function() return pairs(old) end,
        __call = function(_, ...) return old(...) end,
      }
    end
    return keeper, loader, answer, adopt
    """

  private static let supportChunk = Result { () throws(ScriptError) in
    try Chunk(source: support, name: "modules")
  }

  init(_ machine: Machine) throws(ScriptError) {
    let function = try machine.load(Self.supportChunk.get())
    (makeKeeper, makeLoader, makeAnswer, adopt) = try function.call(
      as: (Function, Function, Function, Function).self
    )
  }

  /// What the searcher answers: a loader and a place, or where nothing was found.
  func search(_ name: String, in machine: Machine) throws -> [Value] {
    var searched: [String] = []
    for resolver in resolvers {
      switch try resolver.resolve(name, for: machine) {
      case .source(let text, let place):
        do throws(ScriptError) {
          return try [
            loader(for: machine.load(text, name: place), name), .string(ByteString(place)),
          ]
        } catch {
          var error = error
          error.message = "error loading module '\(name)' from '\(place)':\n\t\(error.message)"
          throw error
        }
      case .chunk(let chunk):
        return try [loader(for: machine.load(chunk), name), .string(ByteString(chunk.name))]
      case .value(let value):
        return [.function(try makeAnswer.call(value)), ":host:"]
      case .notFound(let places): searched += places
      }
    }
    let list = searched.map { "no \($0)" }.joined(separator: "\n\t")
    return list.isEmpty ? [.nil] : [.string(ByteString(list))]
  }

  private func loader(for function: Function, _ name: String) throws(ScriptError) -> Value {
    let keeper: Function
    if let known = keepers[name] {
      keeper = known
    } else {
      keeper = try makeKeeper.call()
      keepers[name] = keeper
    }
    return .function(try makeLoader.call(function, keeper))
  }

  /// Puts a new version in the place of an old one.
  ///
  /// - Returns: what the module is from now on.
  func replace(_ old: Value, by new: Value) throws(ScriptError) -> Value {
    guard case .table(let old) = old, case .table(let new) = new, Value.table(old) != .table(new)
    else { return new }
    let metatable = new.metatable
    // No metamethod may see the fields on their way.
    new.metatable = nil
    old.metatable = nil
    new.metatable = try adopt.call(old, new, as: Table.self)
    old.metatable = metatable
    return .table(old)
  }
}

extension Machine {
  /// Adds a resolver behind those that are there, and gives scripts `require` if they have none.
  ///
  /// The host's resolvers are asked before the machine's files. A module runs once; what it returns is
  /// the module.
  public func addModules(_ resolver: some ModuleResolver) throws(ScriptError) {
    try modules().resolvers.append(resolver)
  }

  /// Adds a closure as a resolver; it must not hold the machine, which it is given.
  public func addModules(
    _ resolver: @escaping (_ name: String, _ machine: Machine) throws -> Module
  ) throws(ScriptError) {
    try addModules(ClosureResolver(body: resolver))
  }

  /// Runs the present version of a module that may be loaded already, and puts it in the old one's place.
  ///
  /// The table that `require` gave stays the same and gets the new version's fields, so that scripts that
  /// hold it go on with the new functions. A module that has state for its next version names it:
  ///
  ///     local name, place, keep = ...
  ///     local players = keep("players", {})
  ///
  /// `keep` gives what an earlier version kept under the name, or else the second value. When the new
  /// version does not compile or fails, the old one stays.
  ///
  /// - Returns: the module.
  /// - Throws: what `require` would fail with.
  @discardableResult
  public func reload(_ name: String) throws(ScriptError) -> Value {
    let modules = try modules()
    let key = Value.string(ByteString(name))
    let loaded = Table(reference: Reference(engine.loaded, in: core))
    let old = loaded.raw(key)
    let require = Function(reference: Reference(engine.requireFunction, in: core))
    try loaded.setRaw(key, to: .nil)
    do throws(ScriptError) {
      let module = try modules.replace(old, by: require.call(name))
      try loaded.setRaw(key, to: module)
      return module
    } catch {
      try? loaded.setRaw(key, to: old)
      throw error
    }
  }

  private func modules() throws(ScriptError) -> Modules {
    if let modules = core.modules { return modules }
    let modules = try Modules(self)
    let searcher = function(values: { [unowned core] arguments in
      guard case .string(let name)? = arguments.first, let modules = core.modules else {
        return [.nil]
      }
      return try modules.search(name.description, in: core.liveMachine)
    })
    engine.addSearcher(searcher.reference.slot)
    core.modules = modules
    return modules
  }
}
