// A project of eight modules that is edited at random. Every module has a few switches for what its
// text says: bodies, signatures, exports, declarations, mistakes. An edit turns one of them, so that
// what it breaks elsewhere is mended again by a later one.

/// A project that changes.
struct EditedProject {
  /// What can be said in one way or another.
  enum Switch: Int, CaseIterable {
    case bodyNumber, bodyError, syntaxError, parameterType, resultAnnotation, resultType
    case privateFunction, localStruct, exportHelper, fieldType, thirdVariant, constant
    case displayImpl, traitImpl, defaultParameter, keepsLoan, extraMethod, aliasType, unusedName
    case mustUse, traitDefault, genericBound, derived, staticType, parameterName, closureResult
    case usesDisplay, usesExtra
  }

  private var state: UInt64
  private var switches: [[Switch: Int]]
  private var imports: [[Int]] = []
  /// The edit that was made last.
  private(set) var last = ""

  init(seed: UInt64) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678
    switches = Array(repeating: [:], count: 8)
    for module in 0..<8 {
      var chosen: [Int] = []
      for other in 0..<module where random(2) == 0 || other == module - 1 { chosen.append(other) }
      imports.append(chosen)
    }
  }

  private mutating func random(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  /// Changes one thing.
  mutating func edit() {
    let module = random(8)
    let edited = Switch.allCases[random(Switch.allCases.count)]
    let value = switches[module][edited, default: 0]
    switches[module][edited] = value == 0 ? 1 + random(2) : random(3)
    last = "\(edited) of m\(module): \(value) to \(switches[module][edited, default: 0])"
  }

  /// The files by path.
  var texts: [String: String] {
    var all: [String: String] = [:]
    for module in 0..<8 { all["m\(module).fuse"] = text(of: module) }
    return all
  }

  private func text(of module: Int) -> String {
    func on(_ item: Switch) -> Int { switches[module][item, default: 0] }
    var lines: [String] = []
    for other in imports[module] {
      lines.append(
        """
        import { Item\(other), Kind\(other), LIMIT\(other), make\(other), Named\(other) } \
        from "./m\(other)"
        """
      )
      lines.append("import m\(other) from \"./m\(other)\"")
    }
    lines += declarations(module, on)
    lines += functions(module, on)
    for other in imports[module] { lines += uses(of: other, in: module, on) }
    if on(.bodyError) == 2 { lines.append("let wrong: string = \(module)") }
    if on(.syntaxError) > 0 { lines.append(on(.syntaxError) == 1 ? "let = 3" : "fn (") }
    if on(.unusedName) > 0 { lines.append("let unused\(on(.unusedName)) = 1") }
    return lines.joined(separator: "\n") + "\n"
  }

  private func declarations(_ n: Int, _ on: (Switch) -> Int) -> [String] {
    let field = ["number", "string", "number?"][on(.fieldType)]
    let limit = ["10", "0", "\"ten\""][on(.constant)]
    let alias = ["number", "string", "Item\(n)"][on(.aliasType)]
    var lines = [
      "export const LIMIT\(n) = \(limit)",
      "export type Alias\(n) = \(alias)",
      "export static mut COUNT\(n): \(on(.staticType) == 0 ? "number" : "number?") = 0",
      on(.derived) == 0 ? "" : "#[derive(\(on(.derived) == 1 ? "Eq" : "Debug, Eq"))]",
      on(.mustUse) == 0 ? "" : "#[must_use]",
      "export struct Item\(n)",
      "  pub a: \(field)",
      "  pub b: number = 2",
      "end",
      "export union Kind\(n) One Two(number) \(on(.thirdVariant) == 0 ? "" : "Three") end",
      "export struct Lock\(n) pub name: string end",
      "static mut HELD\(n): Lock\(n)? = None",
      "export trait Named\(n)",
      "  fn named\(n)(self) -> string",
      on(.traitDefault) == 0 ? "" : "  fn twice\(n)(self) -> string => self.named\(n)() + \"!\"",
      "end",
    ]
    if on(.traitImpl) != 1 {
      let result = on(.traitImpl) == 0 ? "\"item\"" : "\"other\""
      lines.append("impl Named\(n) for Item\(n) fn named\(n)(self) -> string => \(result) end")
    }
    if on(.displayImpl) > 0 {
      lines.append("impl Display for Item\(n) fn tostring(self) -> string => \"item\" end")
    }
    if on(.displayImpl) > 1 {
      lines.append("impl Display for Item\(n) fn tostring(self) -> string => \"again\" end")
    }
    return lines
  }

  private func functions(_ n: Int, _ on: (Switch) -> Int) -> [String] {
    let parameter = ["number", "string", "number | string"][on(.parameterType)]
    let name = on(.parameterName) == 0 ? "by" : "factor"
    let byDefault = on(.defaultParameter) == 0 ? "" : ", rest: number = 1"
    let result = ["number", "string", "number?"][on(.resultType)]
    let value = ["1", "\"one\"", "if COUNT\(n) == 0 then 1 else None end"][on(.resultType)]
    let annotation = on(.resultAnnotation) == 0 ? "-> \(result)" : ""
    var lines = [
      "impl Item\(n)",
      "  pub fn scale\(n)(self, \(name): \(parameter)\(byDefault)) \(annotation)",
      on(.bodyNumber) == 0 ? "" : "    print(\"\(on(.bodyNumber))\", \(name))",
      on(.bodyError) == 1 ? "    let bad: boolean = self.b" : "",
      on(.bodyError) == 1 ? "    if bad then print(bad) end" : "",
      "    \(value)",
      "  end",
      on(.extraMethod) == 0 ? "" : "  pub fn extra\(n)(self) => self.b + \(n)",
      "end",
      "export fn make\(n)(a: \(["number", "string", "number?"][on(.fieldType)])) => Item\(n) { a }",
      "export fn acquire\(n)() -> own Lock\(n) => Lock\(n) { name: \"lock\" }",
      "export fn peek\(n)(lock: Lock\(n)) -> number",
      on(.keepsLoan) == 0 ? "" : "  HELD\(n) = lock",
      "  #lock.name",
      "end",
      "export fn biggest\(n)<T: \(on(.genericBound) == 0 ? "Ord" : "Ord & Display")>(a: T, b: T) -> T",
      "  if a < b then b else a end",
      "end",
      "export fn apply\(n)(f: fn(number) -> \(on(.closureResult) == 0 ? "number" : "string")) => f(\(n))",
      "\(on(.exportHelper) == 0 ? "export " : "")fn helper\(n)(x: number) => x + \(n)",
      "print(helper\(n)(1), HELD\(n) == None)",
    ]
    if on(.privateFunction) > 0 {
      lines.insert(
        "fn private\(n)(x: number)\(on(.privateFunction) == 1 ? " -> number" : "") => x * 2",
        at: 0
      )
      lines.append("print(private\(n)(2))")
    }
    if on(.localStruct) > 0 {
      lines += [
        "fn local\(n)() -> number",
        "  struct Inner part: number end",
        on(.localStruct) == 1
          ? "" : "  impl Display for Inner fn tostring(self) -> string => \"inner\" end",
        "  fn inside(inner: Inner) => inner.part",
        "  inside(Inner { part: 1 })",
        "end",
        "print(local\(n)())",
      ]
    }
    return lines
  }

  private func uses(of other: Int, in n: Int, _ on: (Switch) -> Int) -> [String] {
    let key = "\(n)_\(other)"
    return [
      "export fn use\(key)(item: Item\(other)) => item.scale\(other)(by: 2)",
      "export fn field\(key)(item: Item\(other)) -> number => item.a + item.b",
      "fn kind\(key)(kind: Kind\(other)) -> number => match kind when",
      "  One then 1 end",
      "  Two(x) then x end",
      on(.bodyNumber) == 2 ? "  Three then 3 end" : "",
      "end",
      "print(kind\(key)(One), m\(other)::helper\(other)(3), make\(other)(1).b)",
      "print(match 3 when in 1..LIMIT\(other) then \"in\" end else \"out\" end end)",
      "let item\(key) = Item\(other) { a: 3 }",
      "print(item\(key).named\(other)(), item\(key) == item\(key))",
      "make\(other)(2)",
      "print(item\(key).scale\(other)(2)\(on(.usesDisplay) == 0 ? "" : ", \"${item\(key)}\""))",
      "let lock\(key) = m\(other)::acquire\(other)()",
      "print(m\(other)::peek\(other)(lock\(key)))",
      "print(m\(other)::biggest\(other)(1, 2), m\(other)::apply\(other)(fn(x) => x + 1))",
      "m\(other)::COUNT\(other) = 2",
      "let alias\(key): m\(other)::Alias\(other) = 3",
      "print(alias\(key)\(on(.usesExtra) == 0 ? "" : ", item\(key).extra\(other)()"))",
      "fn dynamic\(key)(value: impl Named\(other)) => value.named\(other)()",
      "print(dynamic\(key)(item\(key)))",
    ]
  }
}
