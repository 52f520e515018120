// How a Swift type looks to scripts: methods, properties, operators, static members. A description is made
// once for the process and turned into a metatable by each machine that meets a value of the type.

import NightjarEngine

/// What scripts see of a Swift type.
///
///     final class Account: ScriptObject {
///       var balance = 0
///       static let scriptType = ScriptType(Account.self, "Account", "A bank account.") {
///         $0.property("balance", \.balance, "What is in it.")
///         $0.method("deposit", "Puts money in.") { (account: Account, amount: Int) in
///           account.balance += amount
///         }
///         $0.static("open", "A new account.") { Account() }
///       }
///     }
public struct ScriptType: Sendable {
  /// What scripts and messages call the type.
  public let name: String
  /// What it is for, in a sentence.
  public let documentation: String
  /// Its members, in the order of their declaration.
  public let members: [Member]
  /// Tells descriptions apart.
  let identity = TypeIdentity()

  /// Describes a type.
  ///
  /// - Parameters:
  ///   - type: The Swift type.
  ///   - name: What scripts call it.
  ///   - documentation: What it is for, in a sentence.
  ///   - describe: Names the members.
  public init<Host>(
    _ type: Host.Type,
    _ name: String,
    _ documentation: String = "",
    _ describe: (inout Builder<Host>) -> Void
  ) {
    var builder = Builder<Host>()
    describe(&builder)
    self.name = name
    self.documentation = documentation
    members = builder.members
  }

  /// One member of a type.
  public struct Member: Sendable {
    /// What scripts write.
    public let name: String
    /// What it does, in a sentence.
    public let documentation: String
    /// What kind of member it is.
    public let kind: Kind
    /// Names of a function's parameters, the object itself left out, as far as they were given.
    public let parameterNames: [String]
    /// What it takes and gives.
    public var signature: Signature { describe() }
    /// Asked for later than the description is made, as a member may speak of the type itself.
    let describe: @Sendable () -> Signature
    /// Makes the function, or a constant's value, in a machine.
    let make: @Sendable (Machine) throws(ScriptError) -> Value
  }

  /// The kinds of members.
  public enum Kind: Sendable, Equatable {
    /// Called as `object:name()`.
    case method
    /// Read as `object.name`.
    case getter
    /// Written as `object.name = value`.
    case setter
    /// Called as `Type.name()`.
    case staticMethod
    /// Read as `Type.name`.
    case constant
    /// A metamethod: an operator, a call, iteration.
    case metamethod
  }

  /// Types of parameters and results.
  public struct Signature: Sendable {
    /// Types of the parameters, the object itself left out.
    public var parameters: [DeclaredType]
    /// Types of the results.
    public var results: [DeclaredType]
  }
}

/// A class of its own for each description.
final class TypeIdentity: Sendable {}

/// What scripts can do with operators of host types.
public enum ScriptOperator: String, Sendable, CaseIterable {
  /// `a + b`.
  case add = "__add"
  /// `a - b`.
  case subtract = "__sub"
  /// `a * b`.
  case multiply = "__mul"
  /// `a / b`.
  case divide = "__div"
  /// `a // b`.
  case floorDivide = "__idiv"
  /// `a % b`.
  case modulo = "__mod"
  /// `a ^ b`.
  case power = "__pow"
  /// `-a`; the function gets the operand twice.
  case negate = "__unm"
  /// `a .. b`.
  case concatenate = "__concat"
  /// `a == b`, where both are objects.
  case equal = "__eq"
  /// `a < b`.
  case less = "__lt"
  /// `a <= b`.
  case lessOrEqual = "__le"
  /// `a & b`.
  case and = "__band"
  /// `a | b`.
  case or = "__bor"
  /// `a ~ b`.
  case exclusiveOr = "__bxor"
  /// `a << b`.
  case shiftLeft = "__shl"
  /// `a >> b`.
  case shiftRight = "__shr"
}

extension ScriptType {
  /// Collects the members of a type.
  public struct Builder<Host> {
    var members: [Member] = []

    mutating func add(
      _ name: String,
      _ documentation: String,
      _ kind: Kind,
      _ parameterNames: [String],
      _ signature: @escaping @autoclosure @Sendable () -> Signature,
      _ make: @escaping @Sendable (Machine) -> Function
    ) {
      members.append(
        Member(
          name: name,
          documentation: documentation,
          kind: kind,
          parameterNames: parameterNames,
          describe: signature,
          make: { .function(make($0)) }
        )
      )
    }
  }
}

extension ScriptType.Builder where Host: ScriptConvertible {
  /// A method: its first parameter is the object.
  public mutating func method<
    each Parameter: ScriptConvertible,
    each Result: ScriptConvertible,
    Failure: Error
  >(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body:
      @escaping @Sendable (Host, repeat each Parameter) throws(Failure) -> (repeat each Result)
  ) {
    add(
      name,
      documentation,
      .method,
      parameters,
      .of((repeat each Parameter).self, (repeat each Result).self)
    ) {
      $0.function(body)
    }
  }

  /// A method with a single result.
  public mutating func method<
    each Parameter: ScriptConvertible,
    Result: ScriptConvertible,
    Failure: Error
  >(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body: @escaping @Sendable (Host, repeat each Parameter) throws(Failure) -> Result
  ) {
    add(name, documentation, .method, parameters, .of((repeat each Parameter).self, Result.self)) {
      $0.function(body)
    }
  }

  /// A static member with a single result: called as `Type.name()`.
  public mutating func `static`<
    each Parameter: ScriptConvertible,
    Result: ScriptConvertible,
    Failure: Error
  >(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body: @escaping @Sendable (repeat each Parameter) throws(Failure) -> Result
  ) {
    add(
      name,
      documentation,
      .staticMethod,
      parameters,
      .of((repeat each Parameter).self, Result.self)
    ) {
      $0.function(body)
    }
  }

  /// What `object(…)` does, with a single result.
  public mutating func call<
    each Parameter: ScriptConvertible,
    Result: ScriptConvertible,
    Failure: Error
  >(
    _ body: @escaping @Sendable (Host, repeat each Parameter) throws(Failure) -> Result
  ) {
    metamethod("__call", .of((repeat each Parameter).self, Result.self)) { $0.function(body) }
  }

  /// A static member: called as `Type.name()`.
  public mutating func `static`<
    each Parameter: ScriptConvertible,
    each Result: ScriptConvertible,
    Failure: Error
  >(
    _ name: String,
    _ documentation: String = "",
    parameters: [String] = [],
    _ body: @escaping @Sendable (repeat each Parameter) throws(Failure) -> (repeat each Result)
  ) {
    add(
      name,
      documentation,
      .staticMethod,
      parameters,
      .of((repeat each Parameter).self, (repeat each Result).self)
    ) {
      $0.function(body)
    }
  }

  /// A static member that scripts read as `Type.name`; each machine asks for the value once.
  public mutating func constant<Constant: ScriptConvertible>(
    _ name: String,
    _ documentation: String = "",
    _ value: @escaping @Sendable () -> Constant
  ) {
    members.append(
      ScriptType.Member(
        name: name,
        documentation: documentation,
        kind: .constant,
        parameterNames: [],
        describe: { .init(parameters: [], results: [Constant.declaredType]) },
        make: { (machine) throws(ScriptError) in try value().scriptValue(in: machine) }
      )
    )
  }

  /// A property that scripts read.
  public mutating func property<Property: ScriptConvertible>(
    _ name: String,
    _ documentation: String = "",
    get: @escaping @Sendable (Host) throws -> Property
  ) {
    add(name, documentation, .getter, [], .init(parameters: [], results: [Property.declaredType])) {
      $0.function { (host: Host) in try get(host) }
    }
  }

  /// A property that scripts read and write; an optional one may be set to nil.
  public mutating func property<Property: ScriptConvertible>(
    _ name: String,
    _ documentation: String = "",
    get: @escaping @Sendable (Host) throws -> Property,
    set: @escaping @Sendable (Host, Property) throws -> Void
  ) {
    property(name, documentation, get: get)
    add(name, documentation, .setter, [], .init(parameters: [Property.declaredType], results: [])) {
      $0._native { call in
        let host = try Host._next(&call)
        let value: Property
        do throws(ConversionError) {
          value = try Property(_stored: call._argument())
        } catch { throw call.failure("bad value for field '\(name)' (\(error))") }
        try set(host, value)
      }
    }
  }

  /// A stored or computed property that scripts read.
  public mutating func property<Property: ScriptConvertible>(
    _ name: String,
    _ path: any KeyPath<Host, Property> & Sendable,
    _ documentation: String = ""
  ) {
    property(name, documentation, get: { $0[keyPath: path] })
  }

  /// A property of a class that scripts read and write.
  public mutating func property<Property: ScriptConvertible>(
    _ name: String,
    _ path: any ReferenceWritableKeyPath<Host, Property> & Sendable,
    _ documentation: String = ""
  ) {
    property(
      name,
      documentation,
      get: { $0[keyPath: path] },
      set: { $0[keyPath: path] = $1 }
    )
  }

  /// An operator; scripts may have the object on either side, so both operands are parameters.
  public mutating func `operator`<
    Left: ScriptConvertible,
    Right: ScriptConvertible,
    Result: ScriptConvertible
  >(
    _ operation: ScriptOperator,
    _ body: @escaping @Sendable (Left, Right) throws -> Result
  ) {
    add(operation.rawValue, "", .metamethod, [], .of((Left, Right).self, Result.self)) {
      $0.function(body)
    }
  }

  /// What `#object` gives.
  public mutating func length(_ body: @escaping @Sendable (Host) throws -> Int) {
    metamethod("__len", .of(Void.self, Int.self)) { $0.function { (host: Host) in try body(host) } }
  }

  /// What `tostring(object)` gives.
  public mutating func text(_ body: @escaping @Sendable (Host) throws -> String) {
    metamethod("__tostring") { $0.function { (host: Host) in try body(host) } }
  }

  /// What `object(…)` does.
  public mutating func call<
    each Parameter: ScriptConvertible,
    each Result: ScriptConvertible,
    Failure: Error
  >(
    _ body:
      @escaping @Sendable (Host, repeat each Parameter) throws(Failure) -> (repeat each Result)
  ) {
    metamethod("__call", .of((repeat each Parameter).self, (repeat each Result).self)) {
      $0.function(body)
    }
  }

  /// What happens when a script's variable `local x <close> = object` goes out of scope.
  public mutating func close(_ body: @escaping @Sendable (Host) throws -> Void) {
    metamethod("__close") { $0.function { (host: Host) in try body(host) } }
  }

  /// Reads `object[key]` where no member has that name.
  public mutating func subscripting<Key: ScriptConvertible, Element: ScriptConvertible>(
    get: @escaping @Sendable (Host, Key) throws -> Element
  ) {
    metamethod("__index", .of(Key.self, Element.self)) {
      $0.function { (host: Host, key: Key) in try get(host, key) }
    }
  }

  /// Reads and writes `object[key]` where no member has that name.
  public mutating func subscripting<Key: ScriptConvertible, Element: ScriptConvertible>(
    get: @escaping @Sendable (Host, Key) throws -> Element,
    set: @escaping @Sendable (Host, Key, Element) throws -> Void
  ) {
    subscripting(get: get)
    metamethod("__newindex") {
      $0.function { (host: Host, key: Key, element: Element) in try set(host, key, element) }
    }
  }

  /// What `for key, value in pairs(object)` visits.
  public mutating func iterate<Key: ScriptConvertible, Element: ScriptConvertible>(
    _ body: @escaping @Sendable (Host) throws -> [(Key, Element)]
  ) {
    metamethod("__pairs") { machine in
      machine.function(values: { [unowned machine] arguments in
        let host = try Host(scriptValue: arguments.first ?? .nil)
        var rest = try body(host)[...]
        let next = machine.function(values: { [unowned machine] _ in
          guard let (key, element) = rest.popFirst() else { return [.nil] }
          return [
            try key.scriptValue(in: machine), try element.scriptValue(in: machine),
          ]
        })
        return [.function(next), .nil, .nil]
      })
    }
  }

  private mutating func metamethod(
    _ name: String,
    _ signature: @escaping @autoclosure @Sendable () -> ScriptType.Signature = .init(
      parameters: [],
      results: []
    ),
    _ make: @escaping @Sendable (Machine) -> Function
  ) {
    add(name, "", .metamethod, [], signature(), make)
  }
}
