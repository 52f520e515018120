// With `boundary = "checked"` the results of declared functions are looked at where they come into
// Fuse: those that are numbers, strings or booleans by their declaration must be. SOURCE: Fuse
// reference, sections 5.25 and 6.5.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension ModuleLowering {
  /// A call of a declared function, with its results checked if that is wanted.
  mutating func bounded(_ call: LuaRef, _ id: FunctionID) -> LuaRef {
    guard shared.options.checksBoundary, !isLibrary else { return call }
    let result = shared.function(id).result
    var kinds: [String?] = []
    if case .tuple(let items) = typeKind(result) {
      kinds = items.map { kind(of: $0.type) }
    } else {
      kinds = [kind(of: result)]
    }
    if kinds.allSatisfy({ $0 == nil }) { return call }
    let name = kinds.map { $0 ?? "" }.joined(separator: ",")
    let table: LuaRef
    if let slot = resultKinds[name] {
      table = lua.name(slot)
    } else {
      let slot = uniqueSlot("kinds")
      resultKinds[name] = slot
      let items = kinds.map { $0.map { lua.string($0) } ?? lua.add(.false) }
      addToHeader(slot, lua.table(items))
      table = lua.name(slot)
    }
    return runtimeCall("results", [table, call])
  }

  /// What Lua calls a primitive type, with `?` if it may be missing.
  private func kind(of type: TypeID) -> String? {
    switch typeKind(type) {
    case .number, .literal(.number): return "number"
    case .string, .literal(.string): return "string"
    case .ustring: return "ustring"
    case .boolean, .literal(.boolean): return "boolean"
    case .union(let members):
      let others = members.filter { $0 != TypeStore.nil }.map { kind(of: $0) }
      guard let first = others.first, let kind = first, others.allSatisfy({ $0 == kind }) else {
        return nil
      }
      return others.count < members.count ? kind + "?" : kind
    default: return nil
    }
  }
}
