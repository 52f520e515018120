// The plain values that the checker keeps its knowledge in.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

/// What a declaration stands for.
enum Meaning: Sendable {
  case none
  case nominal(NominalID)
  case trait(TraitID)
  case function(FunctionID)
}

/// A type alias, read when it is first needed.
struct Alias: Sendable {
  var node: NodeID
  var module: Int32
  var parameters: [TypeParameterID] = []
  var type = TypeStore.none
  var isBeingRead = false
}

/// What is known of a type parameter.
struct ParameterInfo: Sendable {
  var name: NameID
  var module: Int32
  var node: NodeID
  /// Whether its arguments may not be `nil`.
  var isNonNil = true
  /// Whether its arguments may not be owned.
  var isShared = true
  /// A type that every argument is a subtype of, or none.
  var upper = TypeStore.none
  var defaultType = TypeStore.none
}

/// What is known of a function's result and body.
struct FunctionState: Sendable {
  enum Progress: UInt8, Sendable { case none, running, done }
  /// The bounds that are in scope in its body, those around it included.
  var scopeBounds: [TypeBound] = []
  /// Whether the result must be found in the body.
  var needsResult = false
  var progress = Progress.none
  /// Whether it is known that the result depends on itself.
  var isRecursive = false
  /// The facts about variables around it that hold in its body.
  var facts: [NarrowedName] = []
  /// The context around a function in a block.
  var outer: Body?
  /// Whether something has asked for it.
  var isNeeded = false
}

/// A variable's narrower type, or what it was before.
struct NarrowedName: Sendable {
  var declaration: Int32
  var type: TypeID
}

/// A type with a certain head and a name of a member.
struct MemberKey: Hashable, Sendable {
  var head: Int64
  var name: NameID
}

/// A trait and the head of a type.
struct HeadKey: Hashable, Sendable {
  var trait: TraitID
  var head: Int64
}

/// A member of an `impl` without trait, or of a declared type.
struct InherentMember: Sendable {
  enum Kind: Sendable {
    case function(FunctionID)
    case constant(NodeID)
    case variable(NodeID)
  }
  var kind: Kind
  /// The `impl`; none for a declared type.
  var implementation: ImplementationID?
  var module: Int32
}

/// A question about a trait.
struct EvidenceKey: Hashable, Sendable {
  var type: TypeID
  var trait: TraitID
  var arguments: [TypeID]
}

/// Who implements a trait for a type, and with which arguments of the trait.
struct Implemented: Sendable {
  var evidence: Evidence
  var arguments: [TypeID]
}

/// The answer to an `EvidenceKey`.
enum EvidenceAnswer: Sendable {
  case none
  case found(Implemented)
}

/// Type arguments whose bounds are looked at when all implementations are known.
struct LaterBound: Sendable {
  var module: Int32
  var node: NodeID
  var parameters: [TypeParameterID]
  var bounds: [TypeBound]
  var arguments: [TypeID]
  var scope: [TypeBound]
}

/// What type parameters stand for.
struct Substitution: Sendable {
  private(set) var parameters: [TypeParameterID]
  /// As many as there are parameters.
  var arguments: [TypeID]
  /// What `Self` stands for, or none.
  var selfType: TypeID

  init(
    parameters: [TypeParameterID] = [],
    arguments: [TypeID] = [],
    selfType: TypeID = TypeStore.none
  ) {
    self.parameters = parameters
    self.arguments = arguments
    self.selfType = selfType
    // Another number has been reported where the types stand.
    while self.arguments.count < parameters.count { self.arguments.append(TypeStore.error) }
    if self.arguments.count > parameters.count {
      self.arguments.removeLast(self.arguments.count - parameters.count)
    }
  }

  var isEmpty: Bool { parameters.isEmpty && selfType == TypeStore.none }

  func argument(of parameter: TypeParameterID) -> TypeID? {
    for index in parameters.indices where parameters[index] == parameter {
      return arguments[index] == TypeStore.none ? nil : arguments[index]
    }
    return nil
  }

  mutating func set(_ parameter: TypeParameterID, _ type: TypeID) {
    for index in parameters.indices where parameters[index] == parameter {
      arguments[index] = type
      return
    }
    parameters.append(parameter)
    arguments.append(type)
  }

  mutating func append(_ other: Substitution) {
    parameters += other.parameters
    arguments += other.arguments
    if other.selfType != TypeStore.none { selfType = other.selfType }
  }
}

/// A type to be found.
struct InferenceVariable: Sendable {
  /// What it is, once that is known.
  var solution = TypeStore.none
  /// The join of what must be a subtype of it.
  var lower = TypeStore.none
  /// What the place around would like.
  var hint = TypeStore.none
  /// The type parameter it stands for; none for the elements of `[]`.
  var parameter: TypeParameterID?
  /// Whether the first use decides.
  var isOpen = false
  /// Where it came from.
  var node = NodeID.none
}

/// A change of a variable, to take back.
struct VariableBinding: Sendable {
  var index: Int
  var before: InferenceVariable
}

/// A bound of a type parameter that is a type.
struct UpperBound: Sendable {
  var parameter: TypeParameterID
  var type: TypeID
}

/// What surrounds the code being looked at, within one function.
struct Body: Sendable {
  /// The function; none at module level and in closures.
  var function: FunctionID?
  /// The result type, if it is given, or the join of what was found.
  var result = TypeStore.none
  /// Whether `result` is found and not given.
  var infersResult = false
  var isFunction = false
  var isUnsafe = false
  var isGenerator = false
  var isAsync = false
  /// What `Self` is.
  var selfType = TypeStore.none
  /// The `impl` around.
  var implementation: ImplementationID?
  /// The trait around.
  var trait: TraitID?
  /// The bounds in scope.
  var bounds: [TypeBound] = []
  /// Types that arguments of type parameters are subtypes of here.
  var uppers: [UpperBound] = []
  /// What `self` is in function fields of a table literal, or none.
  var tableSelf = TypeStore.none
  /// Whether the code here cannot be reached.
  var isDead = false
  /// Whether something here can raise: for `try`.
  var canRaise = false
  /// By loop, from outside, whether a `break` leaves it.
  var breaks: [Bool] = []
  /// Whether a mistake was found in an annotation of the result.
  var loopDepth = 0
}

/// The declarations of the library that the language speaks of.
struct KnownNames: Sendable {
  var arrayType: NominalID?
  var optionalType: NominalID?
  var resultType: NominalID?
  var rangeType: NominalID?
  var tableType: NominalID?
  var tupleType: NominalID?
  var futureType: NominalID?
  var luaErrorType: NominalID?
  var numberType: NominalID?
  var stringType: NominalID?
  var ustringType: NominalID?
  var booleanType: NominalID?
  var traits: [NameID: TraitID] = [:]
  var functions: [NameID: FunctionID] = [:]
}

/// What to turn back to.
struct Visit: Sendable {
  var module: Int32
  var nodes: [NodeID]
  var declarations: [Int32]
  var calls: [NodeID]
}

/// A member of an `impl` by its node.
struct MemberPlace: Hashable, Sendable {
  var module: Int32
  var node: NodeID
}
