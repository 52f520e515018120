// The codes of what can be wrong with the types of a Fuse program.

extension DiagnosticCode.Fuse {
  /// A value of another type than expected.
  package static let mismatch = DiagnosticCode("F0301")
  /// An operator between values it is not for.
  package static let noOperator = DiagnosticCode("F0302")
  /// A member that a type does not have.
  package static let noMember = DiagnosticCode("F0303")
  /// A call of what is no function.
  package static let notCallable = DiagnosticCode("F0304")
  /// Too many or too few arguments.
  package static let argumentCount = DiagnosticCode("F0305")
  /// An argument that is not given.
  package static let missingArgument = DiagnosticCode("F0306")
  /// A named argument that no parameter takes.
  package static let unknownArgument = DiagnosticCode("F0307")
  /// A positional argument after named ones.
  package static let positionalAfterNamed = DiagnosticCode("F0308")
  /// An `if` that has no value in all cases.
  package static let ifWithoutElse = DiagnosticCode("F0309")
  /// A type parameter that nothing decides.
  package static let cannotInfer = DiagnosticCode("F0310")
  /// A function whose result depends on itself.
  package static let needsResult = DiagnosticCode("F0311")
  /// A type argument that does not meet its bound.
  package static let boundNotMet = DiagnosticCode("F0312")
  /// A type that may be nil where that is not allowed.
  package static let mayBeNil = DiagnosticCode("F0313")
  /// Too many or too few type arguments.
  package static let typeArgumentCount = DiagnosticCode("F0314")
  /// An optional of an optional.
  package static let doubleOptional = DiagnosticCode("F0315")
  /// A cast that never succeeds.
  package static let impossibleCast = DiagnosticCode("F0316")
  /// A cast that sees only part of a type.
  package static let partlyChecked = DiagnosticCode("F0317")
  /// A comparison of types without a value in common.
  package static let neverEqual = DiagnosticCode("F0318")
  /// A loop over what has no items.
  package static let notIterable = DiagnosticCode("F0319")
  /// An item that a tuple does not have.
  package static let noTupleItem = DiagnosticCode("F0320")
  /// An index of the wrong type.
  package static let badKey = DiagnosticCode("F0321")
  /// A value in a string that has no text.
  package static let noText = DiagnosticCode("F0322")
  /// A constant that cannot be computed.
  package static let notConstant = DiagnosticCode("F0323")
  /// An alias of itself.
  package static let endlessAlias = DiagnosticCode("F0324")
  /// A default that is not constant.
  package static let defaultNotConstant = DiagnosticCode("F0325")
  /// A condition that nothing can make false.
  package static let alwaysTrue = DiagnosticCode("F0326")
  /// A parameter without a type.
  package static let implicitUnsafe = DiagnosticCode("F0327")
  /// A trait that cannot be a type.
  package static let notObjectSafe = DiagnosticCode("F0328")
  /// A name that several traits have.
  package static let ambiguous = DiagnosticCode("F0329")
  /// A value that must not be dropped.
  package static let mustUse = DiagnosticCode("F0331")
  /// A value that is dropped.
  package static let notUsed = DiagnosticCode("F0332")
  /// A spread of what has no parts.
  package static let cannotSpread = DiagnosticCode("F0334")
  /// A variant that a type does not have.
  package static let noVariant = DiagnosticCode("F0404")
  /// A pattern for values of another type.
  package static let patternMismatch = DiagnosticCode("F0406")
  /// An owned type where none is allowed.
  package static let ownedArgument = DiagnosticCode("F0512")
  /// Something that only an unsafe context may do.
  package static let needsUnsafe = DiagnosticCode("F0601")
  /// An `unsafe` value that was not tested.
  package static let mayBeNilHere = DiagnosticCode("F0602")
  /// `nil` in safe code.
  package static let nilValue = DiagnosticCode("F0603")
  /// `?` in a function that cannot return what is left.
  package static let cannotPropagate = DiagnosticCode("F0605")
  /// `try` where nothing raises.
  package static let cannotRaise = DiagnosticCode("F0607")
  /// An `unsafe` value where a type is expected.
  package static let unsafeConversion = DiagnosticCode("F0608")
  /// A private field used from outside.
  package static let privateField = DiagnosticCode("F0701")
  /// A struct without all its fields.
  package static let missingFields = DiagnosticCode("F0702")
  /// A field that a struct does not have.
  package static let noField = DiagnosticCode("F0703")
  /// A field given twice.
  package static let fieldTwice = DiagnosticCode("F0704")
  /// A literal of a struct with private fields.
  package static let privateFields = DiagnosticCode("F0705")
  /// A private method called from outside.
  package static let privateMethod = DiagnosticCode("F0706")
  /// An implementation that lacks members.
  package static let missingMembers = DiagnosticCode("F0707")
  /// A member that the trait does not have.
  package static let notAMember = DiagnosticCode("F0708")
  /// A method unlike that of the trait.
  package static let signatureMismatch = DiagnosticCode("F0709")
  /// Two implementations for one type.
  package static let overlap = DiagnosticCode("F0710")
  /// An implementation of a foreign trait for a foreign type.
  package static let foreignImplementation = DiagnosticCode("F0711")
  /// Two traits of one name on a type.
  package static let twoTraitsOfOneName = DiagnosticCode("F0712")
  /// A variant that cannot be counted.
  package static let needsValue = DiagnosticCode("F0714")
  /// Two variants of one value.
  package static let equalVariants = DiagnosticCode("F0715")
  /// A value of an enum that is no number or text.
  package static let badEnumValue = DiagnosticCode("F0716")
  /// A supertrait that is not implemented.
  package static let missingSupertrait = DiagnosticCode("F0717")
  /// A method called as a function, or the reverse.
  package static let wrongForm = DiagnosticCode("F0720")
  /// An implementation for a type that can have none.
  package static let cannotImplement = DiagnosticCode("F0722")
  /// An attribute that does not exist.
  package static let unknownAttribute = DiagnosticCode("F0801")
  /// An attribute where it means nothing.
  package static let misplacedAttribute = DiagnosticCode("F0802")
  /// Wrong arguments of an attribute.
  package static let attributeArguments = DiagnosticCode("F0803")
  /// An `inline` that cannot be followed.
  package static let cannotInline = DiagnosticCode("F0813")
  /// A trait that cannot be derived.
  package static let cannotDerive = DiagnosticCode("F0816")
  /// A use of what is deprecated.
  package static let deprecated = DiagnosticCode("F0818")
  /// A construct of a later stage.
  package static let notAvailable = DiagnosticCode("F0906")
  /// A limit of the compiler, or a mistake in it.
  package static let `internal` = DiagnosticCode("F0999")

  /// The codes of types, in order.
  package static let types: [DiagnosticCode] = [
    mismatch, noOperator, noMember, notCallable, argumentCount, missingArgument, unknownArgument,
    positionalAfterNamed, ifWithoutElse, cannotInfer, needsResult, boundNotMet, mayBeNil,
    typeArgumentCount, doubleOptional, impossibleCast, partlyChecked, neverEqual, notIterable,
    noTupleItem, badKey, noText, notConstant, endlessAlias, defaultNotConstant, alwaysTrue,
    implicitUnsafe, notObjectSafe, ambiguous, mustUse, notUsed, cannotSpread, noVariant,
    patternMismatch, ownedArgument, needsUnsafe, mayBeNilHere, nilValue, cannotPropagate,
    cannotRaise, unsafeConversion, privateField, missingFields, noField, fieldTwice, privateFields,
    privateMethod, missingMembers, notAMember, signatureMismatch, overlap, foreignImplementation,
    twoTraitsOfOneName, needsValue, equalVariants, badEnumValue, missingSupertrait, wrongForm,
    cannotImplement, unknownAttribute, misplacedAttribute, attributeArguments, cannotInline,
    cannotDerive, deprecated, notAvailable, `internal`,
  ]
}
