// Connections for scripts: `net.connect` answers a file, so that reading, writing and closing are those
// of `io`. There is no such library in the reference; machines have it when they were given a network.

internal import NightjarBase
package import NightjarEngine

/// Functions of `net`.
enum NetLibrary {
  static let functions: [NativeDefinition] = [
    .leaf("connect") { NativeCall.enter($0, $1, $2, $3, connect) }
  ]

  /// `net.connect(host, port [, seconds])`: a file, or nil, a message and a number.
  static func connect(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let host = try call.checkBytes(1)
    guard let port = UInt16(exactly: try call.checkInteger(2)), port > 0 else {
      throw call.argumentError(2, "port out of range")
    }
    let seconds = try call.optionalNumber(3, default: 30)
    guard seconds >= 0, seconds <= 86_400 else {
      throw call.argumentError(3, "time out of range")
    }
    let name = String(decoding: host, as: UTF8.self)
    let stream: any ByteStream
    do throws(SystemError) {
      guard let network = call.capabilities.network else {
        throw call.capabilities.refusal(.network, "\(name):\(port)")
      }
      stream = try network.connect(
        host: host,
        port: port,
        isEncrypted: false,
        timeoutNanoseconds: UInt64(seconds * 1e9)
      )
    } catch { return try call.fails(error, path: Array("\(name):\(port)".utf8)) }
    return call.returns(try call.makeFile(LuaFile(BufferedFile(stream))))
  }
}

extension Machine {
  /// Opens `net` and `http` over the machine's capabilities.
  package func openNet() {
    _ = openLibrary("net", NetLibrary.functions)
    _ = openLibrary("http", HTTPLibrary.functions)
  }
}
