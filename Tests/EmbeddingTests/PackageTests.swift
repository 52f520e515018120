// The first thing an embedder does: name this package, import one module, build. And the plugin that
// checks the embedder's scripts on the way.

import Foundation
import Testing

extension StrangerTests {
  @Suite struct PackageTests {
    private static let manifest = Stranger.manifest(
      targets: """
        .executableTarget(
          name: "Plain", dependencies: [.product(name: "Nightjar", package: "nightjar")]),
        .executableTarget(
          name: "Scripted", dependencies: [.product(name: "Nightjar", package: "nightjar")],
          plugins: [.plugin(name: "NightjarScripts", package: "nightjar")]),
        """
    )

    private static let plain = """
      import Nightjar

      let machine = Machine()
      machine.define("double") { (n: Int) in 2 * n }
      let answer: Int = try machine.eval("return double(21)")
      print(answer)
      """

    private static let scripted = """
      import Nightjar

      let price: Int = try Machine().eval(Scripts.rulesPrice, name: "rules/price.lua")
      print(price, Scripts.class, Scripts.modules.keys.sorted())
      """

    @Test func buildsWithoutFlagsAndChecksScripts() throws {
      let folder = try Folder()
      defer { folder.remove() }
      try folder.write(Self.manifest, to: "Package.swift")
      try folder.write(Self.plain, to: "Sources/Plain/main.swift")
      try folder.write(Self.scripted, to: "Sources/Scripted/main.swift")
      try folder.write("#!/usr/bin/lua\nreturn 7 * 6\n", to: "Sources/Scripted/rules/price.lua")
      try folder.write("return 'é\\t\"'", to: "Sources/Scripted/class.lua")
      let package = Stranger(folder: folder.url)

      let build = try package.build()
      try #require(build.status == 0, "\(build.summary)")
      #expect(!build.summary.contains("warning:"), "\(build.summary)")
      let plain = try package.run("Plain")
      #expect(plain.output == "42\n", "\(plain.summary)")
      let scripted = try package.run("Scripted")
      let expected = "42 return 'é\\t\"' [\"class\", \"rules.price\"]\n"
      #expect(scripted.output == expected, "\(scripted.summary)")

      // A script that no longer compiles fails the build, with its place as compilers write it.
      try folder.write("local price =\n", to: "Sources/Scripted/rules/price.lua")
      let broken = try package.build()
      #expect(broken.status != 0)
      let place = "Sources/Scripted/rules/price.lua:2:1: error: A value is missing after `=`."
      #expect(broken.summary.contains(place), "\(broken.summary)")

      // So do two scripts that would have one name, and bytes that no Swift text can hold.
      try folder.write("return 1", to: "Sources/Scripted/rules/price.lua")
      try folder.write("return 2", to: "Sources/Scripted/rulesPrice.lua")
      let doubled = try package.build()
      #expect(doubled.status != 0)
      #expect(doubled.summary.contains("rulesPrice.lua:1:1: error:"), "\(doubled.summary)")

      try FileManager.default.removeItem(
        at: folder.url.appending(path: "Sources/Scripted/rulesPrice.lua")
      )
      try Data([UInt8(ascii: "-"), UInt8(ascii: "-"), 0xFF])
        .write(to: folder.url.appending(path: "Sources/Scripted/class.lua"))
      let foreign = try package.build()
      #expect(foreign.status != 0)
      #expect(foreign.summary.contains("class.lua:1:1: error:"), "\(foreign.summary)")
    }
  }
}
