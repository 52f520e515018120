// The small numbers that stand for what a program is made of. All of them are places in arrays of
// one CheckedProgram.

/// A type: two types are the same if and only if their numbers are.
@frozen
@usableFromInline
package struct TypeID: Hashable, Sendable {
  /// The place in the `TypeStore`.
  @usableFromInline package let rawValue: Int32

  /// Wraps a place.
  @inlinable
  package init(_ rawValue: Int32) { self.rawValue = rawValue }
}

/// A name, the same in all modules of a program: `TypeStore.name(_:)` spells it.
@frozen
@usableFromInline
package struct NameID: Hashable, Sendable {
  /// The place in the `TypeStore`.
  @usableFromInline package let rawValue: Int32

  /// Wraps a place.
  @inlinable
  package init(_ rawValue: Int32) { self.rawValue = rawValue }
}

/// A struct, enum, union or opaque type: a place in `CheckedProgram.nominals`.
@frozen
@usableFromInline
package struct NominalID: Hashable, Sendable {
  /// The place.
  @usableFromInline package let rawValue: Int32

  /// Wraps a place.
  @inlinable
  package init(_ rawValue: Int32) { self.rawValue = rawValue }
}

/// A trait: a place in `CheckedProgram.traits`.
@frozen
@usableFromInline
package struct TraitID: Hashable, Sendable {
  /// The place.
  @usableFromInline package let rawValue: Int32

  /// Wraps a place.
  @inlinable
  package init(_ rawValue: Int32) { self.rawValue = rawValue }
}

/// An `impl` with or without a trait: a place in `CheckedProgram.implementations`.
@frozen
@usableFromInline
package struct ImplementationID: Hashable, Sendable {
  /// The place.
  @usableFromInline package let rawValue: Int32

  /// Wraps a place.
  @inlinable
  package init(_ rawValue: Int32) { self.rawValue = rawValue }
}

/// A function with a name, of a module, an `impl`, a trait, a `declare` or a block: a place in
/// `CheckedProgram.functions`.
@frozen
@usableFromInline
package struct FunctionID: Hashable, Sendable {
  /// The place.
  @usableFromInline package let rawValue: Int32

  /// Wraps a place.
  @inlinable
  package init(_ rawValue: Int32) { self.rawValue = rawValue }
}

/// A type parameter: the place of its declaration.
package typealias TypeParameterID = DeclarationID
