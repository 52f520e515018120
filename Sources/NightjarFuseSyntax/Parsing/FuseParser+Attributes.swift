// Attributes: `#[name(arguments)]` before a declaration, a statement or a parameter. SOURCE: Fuse
// reference, sections 3.1 and 5.28.

internal import NightjarDiagnostics

extension FuseParser {
  /// Reads attributes and the statement they belong to.
  @inline(never)
  mutating func attributedStatement() -> NodeID {
    let start = position
    let list = attributes()
    if endsBlock || isQuiet {
      fail("a declaration")
      return .none
    }
    let statement = statement(isFirst: true)
    attach(list, start, to: statement)
    return statement
  }

  /// Reads any number of attributes into a list.
  @inline(never)
  mutating func attributes() -> Int32 {
    let mark = scratch.count
    while kind == .hashBracket, !isQuiet {
      let opener = position
      advance()
      pushItems(until: .rightBracket, of: opener) { $0.attribute() }
    }
    return makeList(from: mark)
  }

  private mutating func attribute() -> NodeID {
    let start = position
    let segmentMark = scratch.count
    var name = expectName("the name of an attribute")
    if name == 0 { return add(.missing, start, start) }
    var path = add(.name, start, start)
    if kind == .doubleColon {
      push(add(.segment, start, start))
      while take(.doubleColon) {
        name = expectName("a name")
        if name != 0 { push(add(.segment, Int(name), Int(name))) }
      }
      let list = makeList(from: segmentMark)
      path = add(.path, start, position - 1, list)
    }
    let mark = scratch.count
    if kind == .leftParen {
      let opener = position
      advance()
      while kind != .rightParen, !isQuiet, !abandons(opener) {
        push(attributeArgument())
        if !take(.comma) { break }
      }
      expectClose(.rightParen, of: opener)
    }
    let list = makeList(from: mark)
    return add(.attribute, start, start, path.rawValue, list)
  }

  private mutating func attributeArgument() -> NodeID {
    let start = position
    let isNamed = kind == .name && kindAfter() == .colon
    if isNamed {
      advance()
      advance()
    }
    let value = kind == .neverKeyword ? addLeaf(.neverType) : expression()
    return isNamed ? add(.namedItem, start, start, value.rawValue) : value
  }

  /// Gives a node the attributes that stand before it from token `start` on.
  mutating func attach(_ list: Int32, _ start: Int, to id: NodeID) {
    if list == 0 || !id.isPresent { return }
    nodes[Int(id.rawValue)].flags.insert(.hasAttributes)
    nodes[Int(id.rawValue)].firstToken = TokenID(self.id(start))
    attributed.append(AttributedNode(node: id, list: list))
  }
}
