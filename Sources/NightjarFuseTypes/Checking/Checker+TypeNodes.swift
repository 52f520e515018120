// Types as they are written become types as they are kept.
//
// SOURCE: Fuse reference, sections 3.3 and 4.1.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  /// The type that a node is, which is kept for it.
  @discardableResult
  mutating func resolveType(_ node: NodeID) -> TypeID {
    if !node.isPresent { return TypeStore.error }
    let known = out.nodeTypes[Int(node.rawValue)]
    if known != TypeStore.none { return known }
    let type = readType(node)
    record(node, type)
    return type
  }

  private mutating func readType(_ node: NodeID) -> TypeID {
    switch tree[node].kind {
    case .name: return namedType(node, reference: node, arguments: nil, of: node)
    case .path: return pathType(node)
    case .parenthesizedType, .namedType: return resolveType(tree.lhs(node))
    case .arrayType:
      let element = resolveType(tree.lhs(node))
      checkNonNil(element, "Array", at: node)
      return types.array(of: element)
    case .optionalType: return optionalType(node)
    case .unionType:
      let parts = tree.nodes(tree.lhsList(node)).map { resolveType($0) }
      return union(parts)
    case .intersectionType:
      let parts = tree.nodes(tree.lhsList(node)).map { resolveType($0) }
      return parts.isEmpty ? TypeStore.error : intersection(parts)
    case .tupleType: return tupleType(node)
    case .tableType: return tableType(node)
    case .functionType: return functionType(node)
    case .literalType: return literalType(node)
    case .implType: return resolveType(tree.lhs(node))
    case .ownType: return own(resolveType(tree.lhs(node)))
    case .unknownType: return TypeStore.unknown
    case .neverType: return TypeStore.never
    case .unsafeType: return TypeStore.unsafe
    case .nilType: return TypeStore.nil
    default: return TypeStore.error
    }
  }

  private mutating func optionalType(_ node: NodeID) -> TypeID {
    let inner = resolveType(tree.lhs(node))
    if isOptional(inner) {
      report(.Fuse.doubleOptional(span: fullSpan(node), inner: describe(inner)))
      return inner
    }
    if inner == TypeStore.unsafe { return inner }
    checkNonNil(inner, "Optional", at: node)
    return optional(inner)
  }

  /// Reports an element that may be `nil` where that is not allowed.
  @discardableResult
  mutating func checkNonNil(_ type: TypeID, _ owner: String, at node: NodeID) -> Bool {
    if type == TypeStore.unsafe || !mayBeNil(type) { return true }
    let suggestion = owner == "Array" ? "List<\(describe(type))>" : nil
    report(
      .Fuse.mayBeNil(describe(type), owner, suggestion: suggestion, span: fullSpan(node))
    )
    return false
  }

  private mutating func tupleType(_ node: NodeID) -> TypeID {
    var items: [FuseType.TupleItem] = []
    for item in tree.nodes(tree.lhsList(node)) {
      let isNamed = tree[item].kind == .namedType
      items.append(
        FuseType.TupleItem(name: isNamed ? name(of: item) : nil, type: resolveType(item))
      )
    }
    return types.intern(.tuple(items))
  }

  private mutating func tableType(_ node: NodeID) -> TypeID {
    var table = FuseType.TableType(fields: [], index: nil)
    for field in tree.nodes(tree.lhsList(node)) {
      if tree[field].kind == .tableTypeIndex {
        table.index = .init(key: resolveType(tree.lhs(field)), value: resolveType(tree.rhs(field)))
      } else if tree[field].kind == .tableTypeField {
        let type = resolveType(tree.lhs(field))
        table.fields.append(
          .init(
            key: .string(keyBytes(tree[field].mainToken)),
            isOptional: tree[field].detail == 1,
            type: type
          )
        )
      }
    }
    return types.intern(.table(table))
  }

  /// The bytes of a key that is a name or a string.
  func keyBytes(_ token: TokenID) -> [UInt8] {
    tree[token].kind == .string
      ? tree.stringValue(token) : Array(tree.name(ofSymbol: tree.symbol(of: token)))
  }

  private mutating func functionType(_ node: NodeID) -> TypeID {
    var parameters: [FuseType.FunctionType.Parameter] = []
    for parameter in tree.nodes(tree.lhsList(node)) {
      let form = tree.parameterForm(parameter)
      let isSelf = form.contains(.isSelf)
      parameters.append(
        .init(
          type: isSelf ? TypeStore.unknown : resolveType(tree.lhs(parameter)),
          isMutable: form.contains(.isMutable),
          isSelf: isSelf,
          isRest: form.contains(.isRest)
        )
      )
    }
    let qualifiers = tree.qualifiers(node)
    let result = tree.rhs(node)
    return types.intern(
      .function(
        FuseType.FunctionType(
          parameters: parameters,
          result: result.isPresent ? resolveType(result) : TypeStore.unit,
          isUnsafe: qualifiers.contains(.isUnsafe),
          isAsync: qualifiers.contains(.isAsync)
        )
      )
    )
  }

  private mutating func literalType(_ node: NodeID) -> TypeID {
    let token = tree[node].mainToken
    switch tree[token].kind {
    case .trueKeyword: return TypeStore.true
    case .falseKeyword: return TypeStore.false
    case .number:
      let value = tree.number(token)
      return types.intern(.literal(.number(tree[node].detail == 1 ? -value : value)))
    default: return types.intern(.literal(.string(tree.stringValue(token))))
    }
  }

  // MARK: Names

  private mutating func pathType(_ node: NodeID) -> TypeID {
    let segments = tree.segments(node)
    var last = tree.node(segments, 0)
    if case .foreign = names.reference(of: last) {
    } else if segments.count > 1 {
      let second = tree.node(segments, 1)
      if names.reference(of: second) != .none { last = second }
    }
    return namedType(node, reference: last, arguments: tree.typeArguments(last), of: node)
  }

  /// The declaration that a name of a type refers to.
  func typeDeclaration(_ node: NodeID) -> DeclarationID? {
    switch names.reference(of: node) {
    case .own(let index):
      let declaration = names.declarations[Int(index)]
      if declaration.kind == .imported || declaration.kind == .luaModule {
        return declaration.target?.meanings.type
      }
      return DeclarationID(module: module, declaration: index)
    case .foreign(let id): return id
    default: return nil
    }
  }

  private mutating func namedType(
    _ node: NodeID,
    reference: NodeID,
    arguments list: NodeList?,
    of place: NodeID
  ) -> TypeID {
    if names.reference(of: reference) == .selfType {
      return body.selfType == TypeStore.none ? TypeStore.error : body.selfType
    }
    guard let id = typeDeclaration(reference) else { return TypeStore.error }
    var arguments: [TypeID] = []
    var argumentNodes: [NodeID] = []
    if let list {
      for argument in tree.nodes(list) {
        arguments.append(resolveType(argument))
        argumentNodes.append(argument)
      }
    }
    return type(of: id, arguments, argumentNodes, at: place)
  }

  /// The type that a declaration is, with arguments.
  mutating func type(
    of id: DeclarationID,
    _ arguments: [TypeID],
    _ argumentNodes: [NodeID],
    at node: NodeID
  ) -> TypeID {
    if parameters[id] != nil { return parameterType(id) }
    if aliases[id] != nil { return aliasType(id, arguments, argumentNodes, at: node) }
    switch meanings[Int(id.module)][Int(id.declaration)] {
    case .nominal(let nominal):
      return nominalType(nominal, arguments, argumentNodes, at: node)
    case .trait(let trait):
      guard let all = traitArguments(trait, arguments, TypeStore.none, at: node) else {
        return TypeStore.error
      }
      checkObjectSafe(trait, at: node)
      return types.intern(.dynamic(trait, all))
    default: return TypeStore.error
    }
  }

  private mutating func nominalType(
    _ id: NominalID,
    _ given: [TypeID],
    _ argumentNodes: [NodeID],
    at node: NodeID
  ) -> TypeID {
    let nominal = nominals[Int(id.rawValue)]
    guard
      let arguments = completed(
        nominal.parameters,
        given,
        argumentNodes,
        spelling(nominal.name),
        at: node
      )
    else { return TypeStore.error }
    return type(of: id, arguments)
  }

  /// The type that a nominal type is; some have forms of their own.
  mutating func type(of id: NominalID, _ arguments: [TypeID]) -> TypeID {
    if nominals[Int(id.rawValue)].declaration.module == 0 {
      switch id {
      case known.arrayType: return types.array(of: arguments.first ?? TypeStore.error)
      case known.optionalType: return optional(arguments.first ?? TypeStore.error)
      case known.tableType: return TypeStore.anyTable
      case known.numberType: return TypeStore.number
      case known.stringType: return TypeStore.string
      case known.ustringType: return TypeStore.ustring
      case known.booleanType: return TypeStore.boolean
      default: break
      }
    }
    return arguments.isEmpty ? types.nominal(id) : types.intern(.nominal(id, arguments))
  }

  private mutating func aliasType(
    _ id: DeclarationID,
    _ given: [TypeID],
    _ argumentNodes: [NodeID],
    at node: NodeID
  ) -> TypeID {
    guard let alias = aliases[id] else { return TypeStore.error }
    let body = readAlias(id)
    if alias.parameters.isEmpty, given.isEmpty { return body }
    let name = declarationName(id)
    guard
      let arguments = completed(alias.parameters, given, argumentNodes, name, at: node)
    else { return TypeStore.error }
    return substitute(body, Substitution(parameters: alias.parameters, arguments: arguments))
  }

  /// The name of a declaration of some module.
  func declarationName(_ id: DeclarationID) -> String {
    let module = program.modules[Int(id.module)]
    let symbol = module.names.declarations[Int(id.declaration)].symbol
    return String(decoding: module.tree.name(ofSymbol: symbol), as: UTF8.self)
  }

  /// Reads an alias where it stands, also if nobody uses it.
  mutating func readAlias(_ node: NodeID) {
    guard let declaration = names.declaration(of: node) else { return }
    _ = readAlias(DeclarationID(module: module, declaration: declaration))
  }

  private mutating func readAlias(_ id: DeclarationID) -> TypeID {
    guard let alias = aliases[id] else { return TypeStore.error }
    if alias.type != TypeStore.none { return alias.type }
    let previous = visit(alias.module)
    defer { leave(previous) }
    if alias.isBeingRead {
      report(.Fuse.endlessAlias(declarationName(id), span: span(alias.node)))
      aliases[id]?.type = TypeStore.error
      return TypeStore.error
    }
    aliases[id]?.isBeingRead = true
    let outer = body
    body = Body()
    let type = resolveType(tree.rhs(alias.node))
    body = outer
    let isEndless = aliases[id]?.type == TypeStore.error
    aliases[id]?.type = isEndless ? TypeStore.error : type
    return isEndless ? TypeStore.error : type
  }
}
