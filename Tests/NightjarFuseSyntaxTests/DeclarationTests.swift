// Declarations that are written for the compiler of Fuse are Fuse.

import NightjarBase
import NightjarDiagnostics
import NightjarFuseSyntax
import NightjarLuaLibrary
import Testing

@Suite struct DeclarationTests {
  private func mistakes(in text: String) -> [String] {
    FuseSyntax.parse(Array(text.utf8)).diagnostics.map { "\($0.code) \($0.message)" }
  }

  @Test(arguments: LuaDialect.allCases)
  func librariesAreDeclaredInFuse(dialect: LuaDialect) {
    let text = LibraryDeclarations.of(in: dialect).declarations.text(in: .fuse)
    #expect(text.contains("declare module \"@lua:string\""))
    #expect(mistakes(in: text) == [], "\(text)")
  }

  /// Every type, and names that are words of Fuse or none at all.
  @Test func anythingIsDeclaredInFuse() {
    let types: [DeclaredType] = [
      .any, .boolean, .integer, .number, .string, .table, .function, .thread, .userdata,
      .named("Account"), .literals(["a", "b\"\\"]),
    ]
    var declarations = Declarations()
    for (index, type) in types.enumerated() {
      let nested: [DeclaredType] = [
        type, .optional(type), .list(type), .list(.optional(type)), .dictionary(.string, type),
        .optional(.list(type)), .union([type, .string]), .dictionary(type, .list(type)),
      ]
      for (number, type) in nested.enumerated() {
        let function = DeclaredFunction(
          "",
          "Line one\n-- line two",
          parameters: [
            DeclaredParameter("match", type, isOptional: number % 2 == 0),
            DeclaredParameter("two words", type), DeclaredParameter("last", type, isOptional: true),
          ],
          rest: type,
          results: number % 3 == 0 ? [] : [type, type],
          furtherResults: number == 5 ? .any : nil
        )
        for place in [
          "f\(index)_\(number)", "api.f\(index)_\(number)", "api.deep.r\(index).end\(number)",
        ] {
          declarations.add(function, at: place)
          declarations.add(DeclaredValue("", "A value.", type), at: "\(place)v")
        }
      }
    }
    for name in ["end", "match", "1st", "two words", "__own", "é", ""] {
      declarations.add(DeclaredFunction(""), at: name)
      declarations.add(DeclaredFunction(""), at: "api.\(name)")
      declarations.add(DeclaredValue("", "", .string), at: "api.value.\(name)")
    }
    var account = DeclaredClass("Account", "Money.")
    account.fields = [DeclaredValue("type", "", .list(.named("Account")))]
    account.methods = [DeclaredFunction("end", results: [.function])]
    account.statics = [DeclaredFunction("open", parameters: [DeclaredParameter("self", .any)])]
    declarations.classes = [account]
    let text = declarations.text(in: .fuse)
    #expect(mistakes(in: text) == [], "\(text)")
  }
}
