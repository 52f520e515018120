// The whole way: declarations, headers, bodies, and of the library what is used.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension CheckedProgram {
  /// Checks the types of a program.
  ///
  /// - Complexity: O(*n*) in the texts of its own modules; of the library only what is used is looked
  ///   at.
  package init(checking program: FuseProgram) {
    self = ProgramChecking(program).checked
  }
}

extension Checker {
  /// Reads all declarations; bodies come later.
  mutating func readDeclarations() {
    for index in program.modules.indices { declareItems(Int32(truncatingIfNeeded: index)) }
    findVisibleTraits()
    findForeign()
    readHeaders()
    readEnums()
    fillDerived()
    checkSupertraits()
    readAttributes()
    checkDeclaredDefaults()
    enter(-1)
  }

  /// Checks the bodies of some modules, and of the library what they use.
  mutating func checkBodies(of modules: Set<Int>) {
    for index in modules.sorted(by: >) where !isLibrary(Int32(truncatingIfNeeded: index)) {
      checkModule(Int32(truncatingIfNeeded: index))
    }
    checkNeeded()
    enter(-1)
  }

  /// Notes what declared modules and globals have.
  private mutating func findForeign() {
    for (index, interface) in program.foreignInterfaces {
      interfaces[index] = interface
    }
    for index in program.modules.indices {
      enter(Int32(truncatingIfNeeded: index))
      for block in tree.nodes(tree.statements(tree.root)) where tree[block].kind == .declareGlobal {
        for member in tree.nodes(tree.rhsList(block)) {
          guard let declaration = names.declaration(of: member) else { continue }
          let symbol = names.declarations[Int(declaration)].symbol
          let name = name(ofSymbol: symbol)
          declaredGlobals[name] = DeclarationID(module: module, declaration: declaration)
        }
      }
    }
  }

  // MARK: Modules

  /// Checks the statements and functions of a module, unless that was done.
  mutating func checkModule(_ index: Int32) {
    if !startedModules.insert(index).inserted { return }
    let visit = visit(index)
    var outer = Outer(self)
    outer.narrowed = narrowed
    enterModule()
    declareVariables()
    let list = tree.statements(tree.root)
    for place in list.indices { statement(tree.node(list, place)) }
    if !isLibrary(index) {
      finish(list)
      finishDeclared(list)
    }
    let marks = (openNodes.count, variables.count)
    if marks.0 >= 0 { closeModule(outer) }
    outer.restore(&self)
    leave(visit)
  }

  private mutating func enterModule() {
    body = Body()
    narrowed = [TypeID](repeating: TypeStore.none, count: names.declarations.count)
    trail = []
    guarded = []
    nesting = 0
  }

  private mutating func closeModule(_ outer: Outer) {
    let isNested = outer.openNodes > 0 || outer.openDeclarations > 0 || outer.openCalls > 0
    if !isNested {
      close()
      reportOpen(from: outer.variables)
    }
    if outer.variables < variables.count, !isNested {
      variables.removeLast(variables.count - outer.variables)
      bindings.removeLast(max(0, bindings.count - outer.bindings))
    }
  }

  /// The types of variables that are declared, not initialized: those of the target's modules.
  private mutating func declareVariables() {
    for (place, declaration) in names.declarations.enumerated() {
      guard declaration.kind == .declaredVariable || declaration.kind == .global,
        out.declarationTypes[place] == TypeStore.none,
        tree[declaration.node].kind == .declaredVariable
      else { continue }
      declare(Int32(truncatingIfNeeded: place), resolveType(tree.lhs(declaration.node)))
    }
  }

  /// Functions in declarations have no bodies, but defaults.
  private mutating func finishDeclared(_ list: NodeList) {
    for place in list.indices {
      let node = tree.node(list, place)
      switch tree[node].kind {
      case .declareModule, .declareGlobal, .externBlock:
        if tree[node].kind == .externBlock {
          report(.Fuse.notAvailable("extern", target: targetName, span: span(node)))
        }
        for member in tree.nodes(tree.rhsList(node)) {
          if let id = out.functions[member] { checkBody(of: id) }
        }
      case .structDeclaration, .unionDeclaration, .enumDeclaration: break
      default: break
      }
    }
  }

  /// The type of a variable that another module exports.
  mutating func typeOfExport(_ id: DeclarationID) -> TypeID {
    if module == id.module {
      return lateType(id.declaration)
    }
    if !startedModules.contains(id.module) { checkModule(id.module) }
    let found = results[Int(id.module)].declarationTypes[Int(id.declaration)]
    if found != TypeStore.none { return found }
    let visit = visit(id.module)
    defer { leave(visit) }
    return lateType(id.declaration)
  }

  /// The type of a variable that is not reached yet: that of its annotation.
  mutating func lateType(_ index: Int32) -> TypeID {
    let declaration = names.declarations[Int(index)]
    let node = declaration.node
    switch tree[node].kind {
    case .static, .declaredVariable, .const, .globalVariable:
      if !tree.lhs(node).isPresent { return TypeStore.error }
      let type = resolveType(tree.lhs(node))
      declare(index, type)
      return type
    case .binding:
      for statement in tree.nodes(tree.statements(tree.root))
      where tree[statement].kind == .let && tree.lhs(statement) == node {
        let (annotation, value) = tree.letParts(statement)
        if annotation.isPresent {
          let type = resolveType(annotation)
          declare(index, type)
          return type
        }
        return value.isPresent ? earlyType(value) : TypeStore.error
      }
      return TypeStore.error
    default: return TypeStore.error
    }
  }

  /// The type of a literal initializer that is asked for before its statement.
  private mutating func earlyType(_ value: NodeID) -> TypeID {
    switch tree[value].kind {
    case .number: TypeStore.number
    case .string, .interpolation:
      tree.isUnicode(tree[value].mainToken) ? TypeStore.ustring : TypeStore.string
    case .trueLiteral, .falseLiteral: TypeStore.boolean
    default: TypeStore.error
    }
  }

  // MARK: The library

  /// Notes that a function is used.
  mutating func need(_ id: FunctionID) {
    let index = Int(id.rawValue)
    if states[index].isNeeded { return }
    states[index].isNeeded = true
    if isLibrary(functions[index].module) { needed.append(id) }
  }

  /// Notes that a dictionary is used.
  mutating func need(_ evidence: Evidence) {
    switch evidence {
    case .implementation(let id, let arguments):
      for argument in arguments { need(argument) }
      let place = Int(id.rawValue)
      if place < isImplementationNeeded.count, isImplementationNeeded[place] { return }
      while isImplementationNeeded.count <= place { isImplementationNeeded.append(false) }
      isImplementationNeeded[place] = true
      let implementation = implementations[Int(id.rawValue)]
      for method in implementation.methods { need(method) }
      for part in implementation.derived ?? [] { need(part) }
      if let trait = implementation.trait {
        for parent in traits[Int(trait.id.rawValue)].supertraits {
          if let found = self.implementation(of: parent.trait, for: implementation.type) {
            need(found.evidence)
          }
        }
      }
    case .structural(_, _, let parts): for part in parts { need(part) }
    case .supertrait(let inner, _): need(inner)
    case .bound, .selfType, .dynamic: break
    }
  }

  /// Checks what is used of the library, and what that uses.
  private mutating func checkNeeded() {
    repeat {
      while let next = needed.popLast() {
        let module = functions[Int(next.rawValue)].module
        checkModule(module)
        checkBody(of: next)
      }
      needTables()
    } while !needed.isEmpty
  }

  /// Notes that the tables of the library's types hold the methods of all their traits.
  private mutating func needTables() {
    for place in implementationOrder {
      let implementation = implementations[place]
      guard
        implementation.trait != nil && implementation.bounds.isEmpty
          && startedModules.contains(implementation.module) && isLibrary(implementation.module),
        case .nominal = types[implementation.type]
      else { continue }
      need(.implementation(ImplementationID(Int32(truncatingIfNeeded: place)), []))
    }
  }
}
