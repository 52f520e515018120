// HTTP for scripts, in the shape that LuaSocket has made usual: `http.request` gives the body, the code, the
// headers and the status line. Machines have it when they were given a network.

internal import NightjarBase
internal import NightjarEngine

/// Functions of `http`.
enum HTTPLibrary {
  static let functions: [NativeDefinition] = [
    .leaf("request") { NativeCall.enter($0, $1, $2, $3, request) }
  ]

  /// `http.request(url [, body])` or `http.request{url = …, method = …, headers = …, body = …,
  /// timeout = …, redirect = …}`: body, code, headers, status; or nil, a message and a number.
  static func request(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let request = try call.argument(1).isTable ? described(call) : simple(call)
    let response: HTTPResponse
    do throws(SystemError) {
      guard let network = call.capabilities.network else {
        throw call.capabilities.refusal(
          .network,
          "\(request.address.host):\(request.address.port)"
        )
      }
      response = try HTTPClient(network, bodyByteCountMax: call.byteRoom).send(request)
    } catch {
      if error == .tooLarge { throw call.raiseMemory() }
      return try call.fails(error, path: Array(request.address.authority.utf8))
    }
    call.charge(response.body.count >> 3)
    let headers = call.newTable()
    call[1] = headers
    for (name, value) in response.fields {
      try call.setField(headers, name, try call.string(value))
    }
    call[0] = try call.string(response.body)
    call[2] = call[1]
    call[1] = Value(response.code)
    call[3] = try call.string(response.status)
    return .results(4)
  }

  private static func address(
    _ call: NativeCall,
    _ text: [UInt8]
  ) throws(ScriptError) -> WebAddress {
    guard let address = WebAddress(text) else {
      throw call.argumentError(1, "not an http or https URL")
    }
    return address
  }

  /// The request of a URL and perhaps a form to post.
  private static func simple(_ call: NativeCall) throws(ScriptError) -> HTTPRequest {
    let address = try address(call, call.checkBytes(1))
    guard let body = try call.optionalBytes(2) else { return HTTPRequest(address) }
    let type = Array("application/x-www-form-urlencoded".utf8)
    return HTTPRequest(address, method: "POST", fields: [("Content-Type", type)], body: body)
  }

  /// The request that a table describes.
  private static func described(_ call: NativeCall) throws(ScriptError) -> HTTPRequest {
    let table = call[1]
    func text(_ name: String) throws(ScriptError) -> [UInt8]? {
      let value = call.field(table, name)
      if value.isNil { return nil }
      guard value.isString else {
        let found = call.typeName(of: value)
        throw call.argumentError(1, "field '\(name)': string expected, got \(found)")
      }
      return call.bytes(of: value)
    }
    guard let url = try text("url") else {
      throw call.argumentError(1, "field 'url': string expected, got nil")
    }
    var request = HTTPRequest(try address(call, url))
    request.body = try text("body")
    if let method = try text("method") {
      guard HTTPRequest.isToken(method) else {
        throw call.argumentError(1, "field 'method': not a method")
      }
      request.method = String(decoding: method, as: UTF8.self)
    } else if request.body != nil {
      request.method = "POST"
    }
    request.fields = try fields(call, call.field(table, "headers"))
    if call.field(table, "redirect").isBoolean && call.field(table, "redirect").isFalsy {
      request.redirectionCountMax = 0
    }
    let timeout = call.field(table, "timeout")
    if !timeout.isNil {
      guard let seconds = call.number(timeout), seconds >= 0, seconds <= 86_400 else {
        throw call.argumentError(1, "field 'timeout': time out of range")
      }
      request.timeoutNanoseconds = UInt64(seconds * 1e9)
    }
    return request
  }

  /// The headers of a table.
  private static func fields(_ call: NativeCall, _ table: Value) throws(ScriptError) -> HTTPFields {
    if table.isNil { return [] }
    guard table.isTable else {
      let found = call.typeName(of: table)
      throw call.argumentError(1, "field 'headers': table expected, got \(found)")
    }
    var fields: HTTPFields = []
    var position = 0
    while let (key, value) = call.nextEntry(of: table, &position) {
      let name = call.bytes(of: key)
      let text = value.isNumber ? call.text(ofNumber: value) : call.bytes(of: value)
      let shown = String(decoding: name, as: UTF8.self)
      guard HTTPRequest.isToken(name), value.isString || value.isNumber,
        HTTPRequest.isFieldValue(text)
      else { throw call.argumentError(1, "field 'headers': '\(shown)' is no header") }
      if HTTPRequest.isReserved(shown) {
        throw call.argumentError(1, "field 'headers': '\(shown)' is made by the library")
      }
      fields.append((shown, text))
    }
    return fields
  }
}
