// A model of patterns that anybody can check by eye: shapes whose values can be listed, patterns as
// trees, and a function that says whether a value fits. The analysis is held against it.

import NightjarBase
import NightjarFuseTypes

/// What a place can hold.
indirect enum ModelShape {
  /// Constructors with the shapes of their parts.
  case choices(PatternFamilyID, [[ModelShape]])
  case number
  case string
  case array(ModelShape)
}

indirect enum ModelValue {
  case choice(Int, [ModelValue])
  case number(Double)
  case string(UInt8)
  case array([ModelValue])
}

indirect enum ModelPattern {
  case wildcard
  case choice(PatternFamilyID, Int, [ModelPattern])
  case interval(Double, Double)
  case string(UInt8)
  case array([ModelPattern], restIndex: Int?)
  case either([ModelPattern])
  case both(ModelPattern, ModelPattern)

  func fits(_ value: ModelValue) -> Bool {
    switch (self, value) {
    case (.wildcard, _): true
    case (.either(let parts), _): parts.contains { $0.fits(value) }
    case (.both(let a, let b), _): a.fits(value) && b.fits(value)
    case (.choice(_, let which, let parts), .choice(let other, let values)):
      which == other && zip(parts, values).allSatisfy { $0.fits($1) }
    case (.interval(let low, let high), .number(let number)): low <= number && number <= high
    case (.string(let a), .string(let b)): a == b
    case (.array(let parts, nil), .array(let values)):
      parts.count == values.count && zip(parts, values).allSatisfy { $0.fits($1) }
    case (.array(let parts, let front?), .array(let values)):
      parts.count <= values.count
        && zip(parts[..<front], values).allSatisfy { $0.fits($1) }
        && zip(parts[front...].reversed(), values.reversed()).allSatisfy { $0.fits($1) }
    default: false
    }
  }

  func lowered(in space: inout PatternSpace) -> PatternID {
    switch self {
    case .wildcard: return .wildcard
    case .choice(let family, let which, let parts):
      let parts = parts.map { $0.lowered(in: &space) }
      return space.choice(family, which, parts)
    case .interval(let low, let high): return space.interval(low, high)
    case .string(let byte): return space.literal(.string([byte]))
    case .array(let parts, let restIndex):
      let parts = parts.map { $0.lowered(in: &space) }
      return space.array(parts, restIndex: restIndex)
    case .either(let parts):
      let parts = parts.map { $0.lowered(in: &space) }
      return space.alternatives(parts)
    case .both(let a, let b):
      let left = a.lowered(in: &space)
      let right = b.lowered(in: &space)
      return space.intersection(left, right)
    }
  }
}

extension ModelShape {
  /// Values of the shape: one at least for all that patterns of `ModelPattern.random` tell apart.
  var values: [ModelValue] {
    switch self {
    case .choices(_, let constructors):
      constructors.enumerated().flatMap { which, parts in
        Self.rows(parts).map { .choice(which, $0) }
      }
    case .number: [0.5, 1, 1.5, 2, 2.5, 3, 3.5].map { .number($0) }
    case .string: [97, 98, 99].map { .string($0) }
    case .array(let element):
      (0...4).flatMap { count in
        Self.rows([ModelShape](repeating: element, count: count)).map { .array($0) }
      }
    }
  }

  private static func rows(_ shapes: [ModelShape]) -> [[ModelValue]] {
    shapes.reduce([[]]) { rows, shape in
      let values = shape.values
      return rows.flatMap { row in values.map { row + [$0] } }
    }
  }

  static func random(
    _ depth: Int,
    in space: inout PatternSpace,
    _ random: inout Xoshiro256
  ) -> ModelShape {
    let kind = Int.random(in: 0..<(depth == 0 ? 4 : 8), using: &random)
    switch kind {
    case 0: return .number
    case 1: return .string
    case 2, 3: return choices([[], []] + (kind == 2 ? [] : [[]]), in: &space)
    case 4: return .array(choices([[], []], in: &space))
    case 5, 6:
      let parts = (0..<Int.random(in: 1...2, using: &random)).map { _ in
        Self.random(depth - 1, in: &space, &random)
      }
      return choices([parts], in: &space)
    default:
      let first = Self.random(depth - 1, in: &space, &random)
      let second = Self.random(0, in: &space, &random)
      return choices([[first], [], [second]], in: &space)
    }
  }

  static func choices(_ parts: [[ModelShape]], in space: inout PatternSpace) -> ModelShape {
    let family = space.addFamily(
      parts.enumerated().map { ($0.element.count, .literal(.number(Double($0.offset)))) }
    )
    return .choices(family, parts)
  }
}

extension ModelPattern {
  /// A pattern of a shape.
  static func random(
    _ shape: ModelShape,
    depth: Int = 4,
    allowsBoth: Bool,
    _ random: inout Xoshiro256
  ) -> ModelPattern {
    func next(_ shape: ModelShape) -> ModelPattern {
      Self.random(shape, depth: depth - 1, allowsBoth: allowsBoth, &random)
    }
    let kind = Int.random(in: 0..<10, using: &random)
    if depth == 0 || kind < 2 { return .wildcard }
    if kind == 2 { return .either([next(shape), next(shape)]) }
    if kind == 3, allowsBoth { return .both(next(shape), next(shape)) }
    switch shape {
    case .choices(let family, let constructors):
      let which = Int.random(in: constructors.indices, using: &random)
      return .choice(family, which, constructors[which].map(next))
    case .number:
      let low = Double(Int.random(in: 1...3, using: &random))
      let high = Double(Int.random(in: 1...3, using: &random))
      return .interval(
        min(low, high),
        Bool.random(using: &random) ? max(low, high) : min(low, high)
      )
    case .string: return .string(UInt8.random(in: 97...98, using: &random))
    case .array(let element):
      let parts = (0..<Int.random(in: 0...3, using: &random)).map { _ in next(element) }
      let hasRest = Bool.random(using: &random)
      let place = Int.random(in: 0...parts.count, using: &random)
      return .array(parts, restIndex: hasRest ? place : nil)
    }
  }
}
