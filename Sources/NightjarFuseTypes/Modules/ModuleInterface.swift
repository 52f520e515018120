// What a module shows to others. A name may come from another module, which may have it from a third:
// it is followed when somebody asks.

internal import NightjarDiagnostics

/// Where an import or a passing export leads.
enum ModuleLink: Equatable {
  /// An interface, an index of `ProgramContext.interfaces`.
  case interface(Int32)
  /// A module of the target without declaration.
  case lua
  /// Nothing; that has been reported.
  case missing
}

/// A name that a module passes on from another, perhaps under another name.
struct Passed: Equatable {
  var link: ModuleLink
  var name: String
}

/// The exports of a module, or the members of a declared one.
struct ModuleInterface: Equatable {
  /// How messages call the module.
  var path: String
  /// The module with the declarations.
  var module: Int32
  /// Names declared there, by spelling.
  var direct: [String: Meanings] = [:]
  /// Names passed on from other modules.
  var passed: [String: Passed] = [:]
  /// Modules all of whose names are passed on.
  var all: [ModuleLink] = []
  /// Whether it is code of the target, reached with `.`.
  var isLua = false
}

/// What all modules of a program share while their names are resolved.
struct ProgramContext {
  var interfaces: [ModuleInterface] = []
  /// The names that every module sees.
  var prelude: [String: Meanings] = [:]
  /// The names of all variants of the program.
  var variants: Set<String> = ["Some", "None", "Ok", "Err"]
  /// The names of declared globals.
  var globals: [String: DeclarationID] = [:]

  /// What a name means in an interface; nothing if it has no such name.
  func meanings(of name: String, in link: ModuleLink) -> Meanings {
    var visited: Set<Int32> = []
    return meanings(of: name, in: link, &visited)
  }

  private func meanings(of name: String, in link: ModuleLink, _ visited: inout Set<Int32>)
    -> Meanings
  {
    guard case .interface(let index) = link, visited.insert(index).inserted else {
      return Meanings()
    }
    let interface = interfaces[Int(index)]
    if let own = interface.direct[name] { return own }
    if let passed = interface.passed[name] {
      return meanings(of: passed.name, in: passed.link, &visited)
    }
    for link in interface.all {
      let found = meanings(of: name, in: link, &visited)
      if !found.isEmpty { return found }
    }
    return Meanings()
  }

  /// The names of an interface, to suggest one.
  func names(in link: ModuleLink) -> [String] {
    guard case .interface(let index) = link else { return [] }
    let interface = interfaces[Int(index)]
    return (Array(interface.direct.keys) + Array(interface.passed.keys)).sorted()
  }
}
