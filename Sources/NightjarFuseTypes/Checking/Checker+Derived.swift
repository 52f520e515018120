// Enums with their values, implementations that the compiler makes, and supertraits.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  // MARK: Enums

  /// Reads the values of all enums.
  mutating func readEnums() {
    for index in nominalOrder where nominals[index].kind == .enumType {
      enter(nominals[index].declaration.module)
      body = Body()
      readValues(index)
      close()
    }
  }

  private mutating func readValues(_ index: Int) {
    var next: Double? = 1
    var isCounting = true
    var values: [FuseConstant: NameID] = [:]
    for place in nominals[index].variants.indices {
      let variant = nominals[index].variants[place]
      let node = variant.node
      let expression = tree.lhs(node)
      var value: FuseConstant?
      if expression.isPresent {
        check(expression, .any)
        value = fold(expression)?.constant
        switch value {
        case .number(let number)?:
          let isWhole = number == number.rounded()
          if place == 0, isWhole {
            next = number + 1
          } else {
            isCounting = false
          }
        case .string?: isCounting = false
        default:
          value = nil
          report(.Fuse.badEnumValue(span: fullSpan(expression)))
          isCounting = false
        }
        if let value { out.constants[expression] = value }
      } else if isCounting, let number = next {
        value = .number(number)
        next = number + 1
      } else {
        report(.Fuse.needsValue(spelling(variant.name), span: span(node)))
      }
      if let value {
        if let first = values[value] {
          report(
            .Fuse.equalVariants(spelling(first), spelling(variant.name), span: span(node))
          )
        } else {
          values[value] = variant.name
        }
      }
      nominals[index].variants[place].value = value
    }
  }

  // MARK: Derived implementations

  static let derivable = ["Eq", "Ord", "Debug", "Clone", "Hash", "Default"]

  /// Makes the implementations that `derive` asks for.
  mutating func derive(_ index: Int) {
    guard let node = declarationNode(nominals[index].declaration) else { return }
    enter(nominals[index].declaration.module)
    for attribute in tree.nodes(tree.attributes(of: node))
    where tree.name(of: tree[attribute].mainToken) == "derive" {
      for item in tree.nodes(tree.rhsList(attribute)) { derive(index, item) }
    }
  }

  private mutating func derive(_ index: Int, _ item: NodeID) {
    let name = tree.name(of: tree[item].mainToken)
    let nominal = nominals[index]
    if name == "Json", jsonTrait == nil {
      let reason = "its module does not import anything from \"@fuse:json\""
      report(.Fuse.cannotDerive(name, reason: reason, span: span(item)))
      return
    }
    guard Self.derivable.contains(name) || name == "Json",
      let trait = name == "Json" ? jsonTrait : known(trait: name)
    else {
      report(
        .Fuse.cannotDerive(name, reason: "it cannot be derived", span: span(item))
      )
      return
    }
    if nominal.kind == .enumType, name != "Json" {
      if name == "Default" {
        report(
          .Fuse.cannotDerive(name, reason: "an enum has no default", span: span(item))
        )
      }
      return
    }
    if name == "Default", nominal.kind == .unionType {
      report(
        .Fuse.cannotDerive(name, reason: "a union has no default", span: span(item))
      )
      return
    }
    let type = type(
      of: NominalID(Int32(truncatingIfNeeded: index)),
      nominal.parameters.map { parameterType($0) }
    )
    let bounds = nominal.parameters.map { TypeBound(parameter: $0, trait: trait, arguments: []) }
    let key = HeadKey(trait: trait, head: headKey(type))
    if let first = traitImplementations[key]?.first {
      let own = implementations[Int(first.rawValue)]
      report(
        .Fuse.overlap(
          name,
          describe(type),
          span: span(item),
          first: own.module == module && own.derived == nil
            ? fullSpan(tree.implementationParts(own.node).trait) : nil
        )
      )
      return
    }
    let id = add(
      Implementation(
        module: module,
        node: item,
        trait: (trait, []),
        type: type,
        parameters: nominal.parameters,
        bounds: bounds + nominal.parameters.flatMap { self.bounds(of: $0) },
        methods: [],
        constants: [:],
        derived: []
      )
    )
    traitImplementations[key, default: []].append(id)
    derivedImplementations.append(id)
    if name == "Json" {
      derivedTraits[NominalID(Int32(truncatingIfNeeded: index)), default: []].append(trait)
      needJson()
    }
  }

  /// What `derive(Json)` makes an implementation of, if the program has the module for it.
  private var jsonTrait: TraitID? {
    traitOrder.first { index in
      let module = traits[index].declaration.module
      return program.modules[Int(module)].path == "@fuse:json"
        && spelling(traits[index].name) == "JsonForm"
    }.map { TraitID(Int32(truncatingIfNeeded: $0)) }
  }

  /// Notes that what `derive(Json)` makes calls functions of the library.
  private mutating func needJson() {
    for index in functionOrder where functions[index].owner == .block {
      if program.modules[Int(functions[index].module)].path != "@fuse:json" { continue }
      need(FunctionID(Int32(truncatingIfNeeded: index)))
    }
  }

  /// Finds what derived implementations need of the parts.
  mutating func fillDerived() {
    for id in derivedImplementations {
      let index = Int(id.rawValue)
      let own = implementations[index]
      guard let trait = own.trait, case .nominal(let nominal, _) = types[own.type] else { continue }
      enter(own.module)
      body = Body()
      body.bounds = own.bounds
      var parts: [(String, TypeID)] = []
      let declaration = nominals[Int(nominal.rawValue)]
      for field in declaration.fields { parts.append((spelling(field.name), field.type)) }
      for variant in declaration.variants {
        for item in variant.payload { parts.append((spelling(variant.name), item.type)) }
      }
      var evidence: [Evidence] = []
      for (name, type) in parts {
        guard types.kind(type) != .error else { continue }
        guard let found = implementation(of: trait.id, for: type) else {
          report(
            .Fuse.cannotDerive(
              describe(trait.id, []),
              reason:
                "`\(name)` is a `\(describe(type))`, which has no `\(describe(trait.id, []))`",
              span: span(own.node)
            )
          )
          break
        }
        evidence.append(found.evidence)
      }
      implementations[index].derived = evidence
      body = Body()
    }
  }

  // MARK: Supertraits

  /// Reports implementations whose supertraits are missing.
  mutating func checkSupertraits() {
    for index in implementationOrder {
      let own = implementations[index]
      guard let trait = own.trait, types.kind(own.type) != .error else { continue }
      enter(own.module)
      body = Body()
      body.bounds = own.bounds
      for parent in traits[Int(trait.id.rawValue)].supertraits {
        var substitution = traitSubstitution(ImplementationID(Int32(truncatingIfNeeded: index)))
        substitution.selfType = own.type
        let arguments = parent.arguments.map { substitute($0, substitution) }
        if implementation(of: parent.trait, for: own.type, arguments) != nil { continue }
        let place = own.derived == nil ? tree.implementationParts(own.node).trait : own.node
        report(
          .Fuse.missingSupertrait(
            describe(parent.trait, arguments),
            of: describe(trait.id, []),
            type: describe(own.type),
            span: fullSpan(place)
          )
        )
      }
      body = Body()
    }
  }

  // MARK: Defaults of fields

  /// Checks the defaults of fields.
  mutating func checkDeclaredDefaults() {
    for index in nominalOrder where nominals[index].kind == .structType {
      let nominal = nominals[index]
      if !nominal.fields.contains(where: { $0.defaultValue != nil }) { continue }
      enter(nominal.declaration.module)
      body = Body()
      for field in nominal.fields {
        guard let value = Optional(tree.rhs(field.node)), value.isPresent else { continue }
        check(value, against: field.type, isExact: true)
        if isConstant(value) {
          if let constant = fold(value) { out.constants[value] = constant.constant }
        } else {
          report(.Fuse.defaultNotConstant(span: fullSpan(value)))
        }
      }
      close()
    }
  }
}
