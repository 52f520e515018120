// The declarations of a program with their types: what modules, and the parts of the compiler that
// come after the checker, know of one another.

package import NightjarDiagnostics
package import NightjarFuseSyntax

/// A struct, enum, union or opaque type.
package struct NominalType: Sendable {
  /// What it is.
  package enum Kind: UInt8, Sendable {
    case structType, enumType, unionType
    /// `type Handle` in a declaration, and the primitives of the prelude.
    case opaque
  }

  /// A field of a struct.
  package struct Field: Sendable {
    package var name: NameID
    package var type: TypeID
    package var isPublic: Bool
    /// The value of a field that a literal may leave out.
    package var defaultValue: DefaultValue?
    package var node: NodeID
  }

  /// A variant of an enum or union.
  package struct Variant: Sendable {
    package var name: NameID
    /// The payload of a union's variant; empty for one without.
    package var payload: [FuseType.TupleItem]
    /// The value of an enum's variant.
    package var value: FuseConstant?
    package var node: NodeID
  }

  package var kind: Kind
  package var name: NameID
  package var declaration: DeclarationID
  package var parameters: [TypeParameterID]
  /// The fields of a struct.
  package var fields: [Field] = []
  /// The variants of an enum or union.
  package var variants: [Variant] = []
  /// Whether it is declared for code of the target, not compiled.
  package var isDeclared = false
  /// Whether its values have no metatable: `#[repr(table)]`.
  package var isPlainTable = false
}

/// A default of a parameter or field: a constant, or a constant table-like expression of a module.
package enum DefaultValue: Sendable {
  case constant(FuseConstant)
  /// `None`, `nil`.
  case none
  /// An expression of constants, such as `[]` or `{ a: 1 }`, made anew each time.
  case expression(module: Int32, node: NodeID)
}

/// A bound of a type parameter, and so a hidden parameter that is a dictionary.
package struct TypeBound: Sendable, Hashable {
  package var parameter: TypeParameterID
  package var trait: TraitID
  /// The arguments of the trait.
  package var arguments: [TypeID]
}

/// A function with a name.
package struct FunctionDeclaration: Sendable {
  /// A parameter as it was declared.
  package struct Parameter: Sendable {
    package var name: NameID
    /// For a rest parameter the type of one argument.
    package var type: TypeID
    package var isMutable: Bool
    package var isOwned: Bool
    package var isSelf: Bool
    package var isRest: Bool
    package var defaultValue: DefaultValue?
    package var node: NodeID
  }

  /// Where a function belongs.
  package enum Owner: Sendable, Hashable {
    /// A module, a block, or `global`.
    case block
    /// An `impl`.
    case implementation(ImplementationID)
    /// A trait: a required method, or a default body.
    case trait(TraitID)
    /// A declared type of the target's code.
    case declaredType(NominalID)
    /// A `declare module`, `declare global` or `extern`.
    case declaredModule
  }

  package var name: NameID
  package var module: Int32
  /// The `function` node.
  package var node: NodeID
  package var owner: Owner
  package var typeParameters: [TypeParameterID]
  /// The hidden parameters, in order: first those of the `impl` around it, then its own.
  ///
  /// In a trait's method the dictionary of `Self` comes before them all.
  package var bounds: [TypeBound]
  package var parameters: [Parameter]
  package var result: TypeID
  package var qualifiers: FuseQualifiers
  package var isPublic: Bool
  package var isExported: Bool

  /// Whether the first parameter is `self`.
  package var isMethod: Bool { parameters.first?.isSelf ?? false }
}

/// A trait.
package struct TraitDeclaration: Sendable {
  /// A constant of a trait.
  package struct Constant: Sendable {
    package var name: NameID
    package var type: TypeID
    package var defaultValue: FuseConstant?
  }

  package var name: NameID
  package var declaration: DeclarationID
  package var parameters: [TypeParameterID]
  /// The traits it needs, with their arguments.
  package var supertraits: [(trait: TraitID, arguments: [TypeID])]
  /// Its methods, in the order of writing.
  package var methods: [FunctionID]
  package var constants: [Constant]
  /// Whether it may be a type.
  package var isObjectSafe: Bool
}

/// An `impl`.
package struct Implementation: Sendable {
  package var module: Int32
  package var node: NodeID
  /// The trait with its arguments; none for an inherent `impl`.
  package var trait: (id: TraitID, arguments: [TypeID])?
  /// The type it is for.
  package var type: TypeID
  package var parameters: [TypeParameterID]
  /// What its type parameters must satisfy: its dictionary is a function of theirs.
  package var bounds: [TypeBound]
  /// What it defines itself.
  package var methods: [FunctionID]
  /// The constants, those with a default in the trait included.
  package var constants: [NameID: FuseConstant]
  /// If the compiler makes it, by `derive`: the evidence for the fields of a struct, or for all items
  /// of the payloads of all variants of a union, in order.
  package var derived: [Evidence]?
}
