// What a type is. Types are kept once each in a TypeStore and compared by number.
//
// SOURCE: Fuse reference, section 4.1.

/// A type.
///
/// INVARIANT: `union` is normal: flat, without duplicates, without members that are subtypes of
/// others, at least two members; `T?` is the union of the members of `T` with `nil`. `intersection`
/// is flat with at least two members. No type in the tables of a `CheckedModule` holds a `variable`.
package indirect enum FuseType: Hashable, Sendable {
  case number, string, ustring, boolean
  /// The type of `nil`, the run-time form of `None`.
  case `nil`
  /// Every value but `nil`.
  case unknown
  case never
  case unsafe
  /// Every table and struct.
  case anyTable
  /// One string, number or boolean.
  case literal(FuseConstant)
  /// `()` has no items.
  case tuple([TupleItem])
  case array(TypeID)
  case table(TableType)
  /// A struct, enum, union or opaque type with its type arguments.
  case nominal(NominalID, [TypeID])
  case function(FunctionType)
  /// `impl Tr`, with the arguments of the trait.
  case dynamic(TraitID, [TypeID])
  case parameter(TypeParameterID)
  /// `Self` inside a trait.
  case selfType(TraitID)
  case union([TypeID])
  case intersection([TypeID])
  case own(TypeID)
  /// To be found by inference.
  case variable(Int32)

  /// An item of a tuple type.
  package struct TupleItem: Hashable, Sendable {
    /// Its name, if it has one.
    package var name: NameID?
    /// Its type.
    package var type: TypeID
  }

  /// A table type.
  package struct TableType: Hashable, Sendable {
    /// A known field.
    package struct Field: Hashable, Sendable {
      /// The key; a string for `name: T`.
      package var key: FuseConstant
      /// Whether it may be absent.
      package var isOptional: Bool
      /// Its type.
      package var type: TypeID
    }

    /// The known fields, in the order of writing.
    package var fields: [Field]
    /// Key and value of the part `[K]: V`, if there is one.
    package var index: Index?

    /// The index part of a table type.
    package struct Index: Hashable, Sendable {
      /// The type of the keys.
      package var key: TypeID
      /// The type of the values.
      package var value: TypeID
    }
  }

  /// A function type.
  package struct FunctionType: Hashable, Sendable {
    /// A parameter.
    package struct Parameter: Hashable, Sendable {
      /// Its type; for a rest parameter that of one argument.
      package var type: TypeID
      /// Whether it needs a mutable place.
      package var isMutable: Bool
      /// Whether it is `self`.
      package var isSelf: Bool
      /// Whether it takes the rest of the arguments.
      package var isRest: Bool
    }

    /// The parameters, in order.
    package var parameters: [Parameter]
    /// The type of the result.
    package var result: TypeID
    /// Whether it may raise.
    package var isUnsafe: Bool
    /// Whether a call gives a future.
    package var isAsync: Bool
  }
}

/// The value of a constant.
package enum FuseConstant: Hashable, Sendable {
  case boolean(Bool)
  case number(Double)
  case string([UInt8])
}
