// How a value that no arm covers is written: as the pattern that would cover it.

internal import NightjarFuseSyntax

extension FlowChecker {
  /// The text of a pattern of the analysis.
  func witness(_ id: PatternID, in space: PatternSpace) -> String {
    let node = space[id]
    switch node.shape {
    case .array: return "[\(parts(node, in: space).joined(separator: ", "))]"
    case .openArray:
      var words = parts(node, in: space)
      words.insert("...", at: Int(node.which))
      return "[\(words.joined(separator: ", "))]"
    case .choice: return choice(node, in: space)
    default: return "_"
    }
  }

  private func parts(_ node: PatternSpace.Node, in space: PatternSpace) -> [String] {
    (0..<Int(node.count)).map { witness(space.part(node, $0), in: space) }
  }

  private func choice(_ node: PatternSpace.Node, in space: PatternSpace) -> String {
    let family = space.families[Int(node.family)]
    let constructor = family.constructors[Int(node.which)]
    var words = parts(node, in: space)
    while words.count < Int(constructor.arity) { words.append("_") }
    let list = words.joined(separator: ", ")
    switch constructor.label {
    case .boolean(let value): return "\(value)"
    case .none: return "None"
    case .some: return "Some(\(list))"
    case .literal(let value): return program.describe(value)
    case .tuple: return words.count == 1 ? "(\(list),)" : "(\(list))"
    case .variant(let id, let which):
      let name = program.types.name(program.nominals[Int(id.rawValue)].variants[which].name)
      return words.isEmpty ? name : "\(name)(\(list))"
    case .member(let type):
      if list != "_" { return list }
      return "_ as \(program.describe(type))"
    case .record(let type): return record(type, zip(family.keys, words))
    }
  }

  private func record(_ type: TypeID, _ fields: some Sequence<(FuseConstant, String)>) -> String {
    let known = fields.filter { $0.1 != "_" }
    if known.isEmpty { return "_" }
    let list = known.map { "\(key($0.0)): \($0.1)" }.joined(separator: ", ")
    if case .nominal(let id, _) = program.types[type] {
      let name = program.types.name(program.nominals[Int(id.rawValue)].name)
      return "\(name) { \(list) }"
    }
    return "{ \(list) }"
  }

  private func key(_ key: FuseConstant) -> String {
    if case .string(let bytes) = key { return String(decoding: bytes, as: UTF8.self) }
    return "[\(program.describe(key))]"
  }
}
