// What the place around an expression wants of it.

/// What is expected of an expression.
struct Want: Sendable {
  enum Mode: UInt8, Sendable {
    /// The value is dropped.
    case nothing
    /// The value is used, its type is free.
    case any
    /// The value ends a function whose result is being found.
    case tail
    /// The type is a suggestion.
    case soft
    /// The value must be of the type: whatever gives it sees to that.
    case hard
  }

  var mode: Mode
  var type: TypeID

  static let nothing = Want(mode: .nothing, type: TypeStore.none)
  static let any = Want(mode: .any, type: TypeStore.none)
  static let tail = Want(mode: .tail, type: TypeStore.none)

  static func soft(_ type: TypeID) -> Want {
    type == TypeStore.none ? .any : Want(mode: .soft, type: type)
  }

  static func hard(_ type: TypeID) -> Want {
    type == TypeStore.none ? .any : Want(mode: .hard, type: type)
  }

  /// What a part with another type inside is expected to be.
  func with(_ type: TypeID) -> Want { .soft(type) }
}
