// What the checker has found out about uses: what a name or member stands for, how a call is made,
// what happens to a value on its way. The tree says what is written, these say what it means.

package import NightjarDiagnostics

/// How a dictionary, the methods of a trait for a type, is had at run time.
package indirect enum Evidence: Sendable, Hashable {
  /// That of an `impl`; with arguments if the `impl` has bounds.
  case implementation(ImplementationID, [Evidence])
  /// A hidden parameter of the function, or `impl`, around.
  case bound(TypeParameterID, TraitID)
  /// `Self` inside the default body of a trait.
  case selfType(TraitID)
  /// The part of a dictionary that belongs to a supertrait.
  case supertrait(Evidence, TraitID)
  /// What the compiler derives from the structure of a type: `Eq` of tuples, `Debug` of tables …,
  /// with the evidence for its parts in the order in which they stand in the type.
  case structural(TraitID, TypeID, [Evidence])
  /// The value is an `impl Tr` and has its methods in slots.
  case dynamic(TraitID)
}

/// What a `name`, `path`, `member`, `genericMember` or shorthand `namedItem` means as a value.
package enum Use: Sendable {
  /// A variable, parameter, static …: see `ModuleNames.reference(of:)`.
  case declaration(DeclarationID)
  /// A function as a value; with the dictionaries it is to hold.
  case function(FunctionID, evidence: [Evidence])
  /// A method of a trait as a value, `Tr::m` or `T::m`.
  case traitFunction(FunctionID, Evidence, evidence: [Evidence])
  /// A constant, with its value.
  case constant(FuseConstant)
  /// A constant of a trait that only the dictionary knows.
  case traitConstant(NameID, Evidence)
  /// A static of an `impl`: its node there.
  case implementationStatic(ImplementationID, NodeID)
  /// A variant of an enum or union, an index of `NominalType.variants`; a value if it has no
  /// payload, else a constructor.
  case variant(NominalID, Int)
  /// `E::from`, `E::variants` or `E::name` of an enum.
  case enumFunction(NominalID, EnumFunction)
  /// `None`.
  case none
  /// `Some`, `Ok` or `Err` of the prelude's unions is `variant`; `Some` as a function value is this.
  case some
  /// A field of a struct, table or tuple type.
  case field(NameID)
  /// An item of a tuple by its name: the place, from 1.
  case tupleItem(Int)
  /// A field of an `unsafe` value, of `global`, or of a module of the target.
  case dynamicField(NameID)

  /// A function that every enum has.
  package enum EnumFunction: Sendable {
    /// `E::from(value)`: the variant of a value, as an optional.
    case from
    /// `E::variants()`: all of them.
    case variants
    /// `e.name()`.
    case name
  }
}

/// Whom a call calls.
package enum CallTarget: Sendable {
  /// The value of the callee: a function value.
  case value
  /// A function field of a table that takes the table as `self`.
  case tableMethod
  /// A named function, or a function of an `impl` called by path or as a method.
  case function(FunctionID)
  /// A method or function of a trait, through a dictionary. If the evidence is an `impl`, the
  /// function meant is that of the `impl`, or the default body.
  case traitFunction(FunctionID, Evidence)
  /// A method of an `impl Tr`: the value's slot.
  case slot(FunctionID)
  /// The constructor of a variant.
  case variant(NominalID, Int)
  /// `Some(e)`: the value itself.
  case some
  /// A function of an enum; for `name` the receiver is the enum.
  case enumFunction(NominalID, Use.EnumFunction)
  /// A function of the target, `m.f(…)`, or a method of one, `o:m(…)`.
  case foreign(FunctionID)
  /// The value of the callee, which is `unsafe`.
  case unsafeValue
  /// The method `call` of the callee's type.
  case callMethod(FunctionID, Evidence?)
}

/// A call, with its arguments in the order of the parameters.
package struct Call: Sendable {
  /// Where the value of a parameter comes from.
  package enum Argument: Sendable {
    /// An expression of the call.
    case expression(NodeID)
    /// What the declaration says.
    case defaultValue(DefaultValue)
    /// What is left: expressions and `spread`s.
    case rest([NodeID])
    /// Item `index`, from 1, of a tuple that is spread.
    case spreadItem(NodeID, index: Int)
  }

  package var target: CallTarget
  /// The hidden arguments, in the order of `FunctionDeclaration.bounds`.
  package var evidence: [Evidence]
  /// What is `self`, if something is.
  package var receiver: NodeID?
  /// The arguments without the receiver, one for each parameter.
  package var arguments: [Argument]
  /// The expressions in the order in which they are evaluated, if that differs.
  package var evaluationOrder: [NodeID]
  /// The type of the callee's result, its type parameters replaced.
  package var result: TypeID
}

/// How an operator, an index or a test works.
package enum Operation: Sendable {
  /// On numbers, strings or booleans, by the target's own.
  case primitive
  /// `+` where a string is made.
  case concatenate
  /// `==` of values whose identity is meant.
  case identity
  /// By a method of a trait: the function and the dictionary of the left operand.
  case trait(FunctionID, Evidence)
  /// By a method of the left operand's type that belongs to no trait: `len`, `contains` of the library; for `in` of the right one's.
  case inherent(FunctionID)
  /// By a method of the right operand: `AddRight` and its family.
  case traitRight(FunctionID, Evidence)
  /// `==` by structure.
  case structural(Evidence)
  /// Indexing and length of arrays, tables with an index part, tuples, and `unsafe` values.
  case array, table, tuple(Int), unsafe
  /// `in` a range written there.
  case rangeTest
}

/// What a `for` goes over.
package enum Iteration: Sendable {
  /// A range: `a..b` written in place, or a value.
  case range
  case array
  /// `array.enumerate()`, with the node of the array.
  case enumeratedArray(NodeID)
  /// `Table::pairs(t)` and `Table::ipairs(t)`, with the node of the table.
  case pairs(NodeID), ipairs(NodeID)
  /// A `List`: by index.
  case list
  /// An `Iterator`: its dictionary.
  case iterator(Evidence)
  /// An `IntoIterator`: its dictionary; it gives an `impl Iterator`.
  case intoIterator(Evidence)
}

/// What happens to the value of an expression because of the type expected there.
package enum Coercion: Sendable {
  /// A value of another form becomes an `impl Tr` in a box with this dictionary.
  case box(Evidence)
  /// A literal becomes a collection: `List`, `Deque`, `Set`, `Map` …: the function that makes it
  /// from an array (of pairs for keyed ones).
  case collection(FunctionID, [Evidence])
  /// The value is dropped, for a result `()`.
  case drop
  /// A function becomes a value of another convention: a declared function, a tuple worker.
  case wrap
}
