// The operators and the small words beside names, as the `detail` of a node keeps them.

/// What stands before one operand.
@frozen
@usableFromInline
package enum FuseUnaryOperator: UInt8, Sendable, CaseIterable {
  case not, negate, plus, length
  /// `!x`, also spelled `~x`.
  case complement
}

/// What stands between two operands.
///
/// INVARIANT: 0 is no operator, which in an assignment is plain `=`.
@frozen
@usableFromInline
package enum FuseBinaryOperator: UInt8, Sendable, CaseIterable {
  case or = 1
  case and
  case equal, notEqual, less, lessEqual, greater, greaterEqual, contains, notContains
  case range
  case bitOr, bitXor, bitAnd, shiftLeft, shiftRight
  case add, subtract, multiply, divide, floorDivide, modulo, power

  /// Whether it compares: `==` to `not in`.
  @inlinable
  package var isComparison: Bool {
    rawValue >= FuseBinaryOperator.equal.rawValue
      && rawValue <= FuseBinaryOperator.notContains.rawValue
  }

  /// How it is written.
  package var spelling: String {
    switch self {
    case .or: "or"
    case .and: "and"
    case .equal: "=="
    case .notEqual: "!="
    case .less: "<"
    case .lessEqual: "<="
    case .greater: ">"
    case .greaterEqual: ">="
    case .contains: "in"
    case .notContains: "not in"
    case .range: ".."
    case .bitOr: "|"
    case .bitXor: "~"
    case .bitAnd: "&"
    case .shiftLeft: "<<"
    case .shiftRight: ">>"
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .floorDivide: "//"
    case .modulo: "%"
    case .power: "^"
    }
  }
}

/// The words before `fn`, `do` and function types, and how the body is written.
@frozen
@usableFromInline
package struct FuseQualifiers: OptionSet, Sendable {
  /// The bits.
  @usableFromInline package var rawValue: UInt8

  /// Wraps the bits.
  @inlinable
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// `static`.
  @inlinable
  package static var isStatic: FuseQualifiers { FuseQualifiers(rawValue: 1) }
  /// `unsafe`.
  @inlinable
  package static var isUnsafe: FuseQualifiers { FuseQualifiers(rawValue: 2) }
  /// `async`.
  @inlinable
  package static var isAsync: FuseQualifiers { FuseQualifiers(rawValue: 4) }
  /// `gen`.
  @inlinable
  package static var isGenerator: FuseQualifiers { FuseQualifiers(rawValue: 8) }
  /// The body is `=> expression`.
  @inlinable
  package static var hasExpressionBody: FuseQualifiers { FuseQualifiers(rawValue: 16) }
}

/// How a parameter is declared.
@frozen
@usableFromInline
package struct FuseParameterForm: OptionSet, Sendable {
  /// The bits.
  @usableFromInline package var rawValue: UInt8

  /// Wraps the bits.
  @inlinable
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// `mut`.
  @inlinable
  package static var isMutable: FuseParameterForm { FuseParameterForm(rawValue: 1) }
  /// `own self`; `own` before a type belongs to the type.
  @inlinable
  package static var isOwned: FuseParameterForm { FuseParameterForm(rawValue: 2) }
  /// `self`.
  @inlinable
  package static var isSelf: FuseParameterForm { FuseParameterForm(rawValue: 4) }
  /// `...name`.
  @inlinable
  package static var isRest: FuseParameterForm { FuseParameterForm(rawValue: 8) }
  /// A name stands before the type, in a function type.
  @inlinable
  package static var isNamed: FuseParameterForm { FuseParameterForm(rawValue: 16) }
}

/// What a macro is applied to.
@frozen
@usableFromInline
package enum FuseMacroForm: UInt8, Sendable {
  /// `name!(…)`.
  case call
  /// `#[name]`.
  case attribute
  /// `#[derive(Name)]`.
  case derive
}

/// What an import brings.
@frozen
@usableFromInline
package enum FuseImportForm: UInt8, Sendable, Comparable {
  /// `import "m"`: nothing, the module runs.
  case module
  /// `import name from "m"`.
  case namespace
  /// `import { a } from "m"`.
  case names
  /// `import type { A } from "m"`.
  case types

  /// Orders the forms as they are declared.
  @inlinable
  package static func < (a: FuseImportForm, b: FuseImportForm) -> Bool {
    a.rawValue < b.rawValue
  }
}
