// Which code leaves arrays as they are, but for their elements: it takes none away, and it puts no
// array in the place of another. What is known of the elements of arrays stays true while it runs. Code
// that is *still* adds no elements either, so that lengths stay as they are.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

extension SharedLowering {
  /// Whether a call of a function is calm, or still.
  func isCalm(_ id: FunctionID, isStill: Bool = false) -> Bool {
    let key = CalmKey(function: id, isStill: isStill)
    if let known = calmFunctions[key] { return known }
    // While it is looked at, a call of itself changes nothing.
    let start = takenAsCalm.count
    calmFunctions[key] = true
    takenAsCalm.append(key)
    let function = function(id)
    let body = program.program.modules[Int(function.module)].tree.function(function.node).body
    let isKnown = body.isPresent && !function.qualifiers.contains(.isAsync)
    let result = isKnown && isCalm(body, in: function.module, isStill: isStill)
    if !result {
      // What was found while this one was taken to be calm may be wrong.
      for taken in takenAsCalm[start...] { calmFunctions[taken] = nil }
      takenAsCalm.removeSubrange(start...)
      calmFunctions[key] = false
    }
    return result
  }

  /// Whether an expression, statement or block is calm, or still.
  func isCalm(_ node: NodeID, in module: Int32, isStill: Bool = false) -> Bool {
    reader(of: module).isCalm(node, isStill)
  }

  /// Whether a call is calm.
  func isCalm(_ call: Call, in module: Int32) -> Bool {
    reader(of: module).isCalm(call, false)
  }

  private func reader(of module: Int32) -> CalmReader {
    if let known = calmReaders[module] { return known }
    let reader = CalmReader(shared: self, module: module)
    calmReaders[module] = reader
    return reader
  }

  /// Whether a method of a trait is calm, as far as its evidence tells.
  func isCalm(_ id: FunctionID, _ evidence: Evidence, isStill: Bool = false) -> Bool {
    guard case .implementation(let owner, _) = evidence else { return false }
    let implementation = implementation(owner)
    if implementation.derived != nil { return true }
    let name = function(id).name
    guard let method = implementation.methods.first(where: { function($0).name == name }) else {
      return false
    }
    return isCalm(method, isStill: isStill)
  }

  /// Whether values of a type hold no array and run no code when they are shown or compared.
  func isPlain(_ type: TypeID) -> Bool {
    guard type.rawValue >= 0 else { return true }
    switch program.types[type] {
    case .number, .string, .ustring, .boolean, .literal, .nil, .never: return true
    case .tuple(let items): return items.isEmpty
    case .nominal(let id, _): return nominal(id).kind == .enumType
    case .union(let members): return members.allSatisfy { isPlain($0) }
    case .own(let inner): return isPlain(inner)
    default: return false
    }
  }
}

/// A function of which it is asked whether it is calm, or still.
struct CalmKey: Hashable {
  var function: FunctionID
  var isStill: Bool
}

/// Looks at code of one module.
///
/// With `isStill` no element may be added either.
final class CalmReader {
  private unowned let shared: SharedLowering
  private let tree: FuseTree
  private let checked: CheckedModule

  init(shared: SharedLowering, module: Int32) {
    self.shared = shared
    tree = shared.program.program.modules[Int(module)].tree
    checked = shared.program.modules[Int(module)]
  }

  func isCalm(_ node: NodeID, _ isStill: Bool) -> Bool {
    // Closing an owner runs code of its type.
    checked.closedOwners.isEmpty && isCalmInside(node, isStill)
  }

  private func isCalmInside(_ node: NodeID, _ isStill: Bool) -> Bool {
    switch tree[node].kind {
    case .function: return true
    case .await, .yield, .scopeBlock, .try, .macroCall, .globalVariable: return false
    case .call: guard let call = checked.calls[node], isCalm(call, isStill) else { return false }
    case .assignment:
      let target = tree.lhs(node)
      if tree[target].kind != .name, !isPlain(tree.rhs(node), to: target) { return false }
      if isStill, mayAppend(node, target) { return false }
      if !isCalm(checked.operations[node], isStill) { return false }
    case .binary, .unary, .index: if !isCalm(checked.operations[node], isStill) { return false }
    case .interpolated: if !shared.isPlain(checked[tree.lhs(node)]) { return false }
    case .forLoop:
      switch checked.iterations[node] {
      case .iterator?, .intoIterator?:
        guard let steps = shared.nominal(of: checked[tree.forParts(node).sequence]),
          shared.isPrelude(steps, "Steps")
        else { return false }
      default: break
      }
    default: break
    }
    var isAllCalm = true
    tree.forEachChild(of: node) { child in
      if isAllCalm, !isCalmInside(child, isStill) { isAllCalm = false }
    }
    return isAllCalm
  }

  /// Whether what is assigned is no array and holds none; of a tuple its items are assigned.
  private func isPlain(_ value: NodeID, to target: NodeID) -> Bool {
    let type = checked[value]
    switch tree[target].kind {
    case .targetTuple, .tuple:
      guard type.rawValue >= 0, case .tuple(let items) = shared.program.types[type] else {
        return false
      }
      return items.allSatisfy { shared.isPlain($0.type) }
    default: return shared.isPlain(type)
    }
  }

  /// Whether an assignment may put an element behind the last.
  private func mayAppend(_ node: NodeID, _ target: NodeID) -> Bool {
    switch tree[target].kind {
    case .name: return false
    case .index: return tree.binaryOperator(node) == nil
    case .targetTuple, .tuple:
      return tree.nodes(tree.lhsList(target)).contains { tree[$0].kind == .index }
    default: return false
    }
  }

  private func isCalm(_ operation: Operation?, _ isStill: Bool) -> Bool {
    switch operation {
    case .trait?, .traitRight?: return false
    case .inherent(let id)?: return shared.isCalm(id, isStill: isStill)
    case .structural(.structural(_, let type, _))?: return shared.isPlain(type)
    case .structural?: return false
    default: return true
    }
  }

  func isCalm(_ call: Call, _ isStill: Bool) -> Bool {
    switch call.target {
    case .function(let id), .foreign(let id):
      let function = shared.function(id)
      switch function.owner {
      case .declaredModule: return isCalmInLua(id, call, isStill)
      case .declaredType: return shared.isLibrary[Int(function.module)]
      default: return shared.isCalm(id, isStill: isStill)
      }
    case .traitFunction(let id, let evidence):
      return shared.isCalm(id, evidence, isStill: isStill)
    case .variant, .some, .enumFunction: return true
    default: return false
    }
  }

  /// Whether a function of the runtime, or one that the compiler makes, is calm.
  private func isCalmInLua(_ id: FunctionID, _ call: Call, _ isStill: Bool) -> Bool {
    guard shared.isLibrary[Int(shared.function(id).module)] else { return false }
    switch shared.spelling(shared.function(id).name) {
    case "pop", "remove", "clear", "sort", "rawset", "set_field", "drop_field", "coroutine",
      "resume",
      "suspend", "catch", "close_coroutine", "pack", "unpack_data":
      return false
    case "push", "insert": return !isStill
    case "print", "tostring", "format", "show", "debug", "panic":
      return call.arguments.allSatisfy { argument in
        switch argument {
        case .expression(let node): shared.isPlain(checked[node])
        case .rest(let nodes): nodes.allSatisfy { shared.isPlain(checked[$0]) }
        default: true
        }
      }
    default: return true
    }
  }
}
