// Programs that wait for the system when their time is up or the user stops them.

import Foundation
import Testing

@Suite struct WaitTests {
  /// Runs the command on a pipe that nobody writes to.
  private func wait(
    _ arguments: [String],
    interruptedWhenReady isInterrupted: Bool = false
  ) throws -> (status: Int32, errors: String, seconds: Double) {
    let process = Process()
    let (input, output, errors) = (Pipe(), Pipe(), Pipe())
    process.executableURL = Command.executable
    process.arguments = arguments
    process.environment = Command.plainEnvironment
    process.standardInput = input
    process.standardOutput = output
    process.standardError = errors
    let start = Date()
    let limit = try Command.start(process)
    if isInterrupted {
      #expect(output.fileHandleForReading.availableData == Data("ready\n".utf8))
      process.interrupt()
    }
    process.waitUntilExit()
    limit.cancel()
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    input.fileHandleForWriting.closeFile()
    return (process.terminationStatus, text, Date().timeIntervalSince(start))
  }

  @Test(arguments: [
    "io.read()", "pcall(io.read)", "for line in io.lines() do end", "io.stdin:read('n')",
    "dofile()", "io.popen('sleep 60'):read()", "os.execute('sleep 60')",
    "while true do pcall(io.read, 'a') end",
  ])
  func endsWhenTheTimeIsUp(code: String) throws {
    let run = try wait(["eval", "--timeout", "200ms", "-A", code])
    #expect(run.status == 1 && run.seconds < 30)
    #expect(run.errors == "nightjar: the program's time is up (--timeout)\n", "\(run.errors)")
  }

  @Test(arguments: ["io.read()", "pcall(io.read) while true do end"])
  func endsWithTheUsersInterrupt(code: String) throws {
    let begun = "io.write('ready\\n') io.flush() "
    let run = try wait(["eval", begun + code], interruptedWhenReady: true)
    #expect(run.status == 1)
    #expect(run.errors.contains("interrupted!"), "\(run.errors)")
  }

  @Test func endsWhenNobodyTakesItsOutput() throws {
    let outcome = try Command.invoke(
      [
        "-c",
        "'\(Command.executable.path)' eval --timeout 200ms 'while true do print((\"x\"):rep(100)) end' | sleep 3",
      ],
      executable: URL(filePath: "/bin/sh")
    )
    #expect(outcome.errors.contains("the program's time is up"), "\(outcome.errors)")
  }

  @Test func refusalsOfHTTPNameTheFlag() throws {
    let outcome = try Command.invoke(["eval", "http.request('http://example.org/x')"])
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains(
        "connecting to 'example.org:80' is not allowed (capability 'network'; grant it with --allow-net=example.org:80)"
      ),
      "\(outcome.errors)"
    )
  }

  private static let hasOpenSSL = FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")

  /// A server with a certificate for `localhost` that nobody has signed.
  @Test(.enabled(if: hasOpenSSL, "there is no openssl"))
  func encryptsConnections() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let (key, certificate) = (
      folder.url.appending(path: "k.pem"), folder.url.appending(path: "c.pem")
    )
    let openssl = URL(filePath: "/usr/bin/openssl")
    let made = try Command.invoke(
      [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key.path, "-out",
        certificate.path,
        "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
      ],
      executable: openssl
    )
    try #require(made.status == 0, "\(made.errors)")
    try folder.write("over TLS", to: "page.txt")
    let server = Process()
    // Below those that the system gives to connections.
    let port = "\(20_000 + Int.random(in: 0..<12_000))"
    server.executableURL = openssl
    server.arguments = [
      "s_server", "-accept", port, "-key", key.path, "-cert", certificate.path, "-WWW",
    ]
    server.currentDirectoryURL = folder.url
    server.standardInput = FileHandle.nullDevice
    server.standardOutput = FileHandle.nullDevice
    server.standardError = FileHandle.nullDevice
    let limit = try Command.start(server)
    defer {
      server.terminate()
      limit.cancel()
    }
    func get(_ host: String, _ environment: [String: String]) throws -> String {
      // The server may take its time to begin.
      let code = """
        repeat
          local conn = net.connect("127.0.0.1", \(port))
          if conn then conn:close() else task.sleep(0.05) end
        until conn
        print(http.request("https://\(host):\(port)/page.txt"))
        """
      return try Command.invoke(["eval", "--allow-net", code], environment: environment).output
    }
    let trust = ["SSL_CERT_FILE": certificate.path]
    #expect(try get("localhost", trust).hasPrefix("over TLS\t200\t"))
    #expect(try get("localhost", [:]).contains("TLS: self-signed certificate"))
    // The certificate is for another name.
    #expect(try get("127.0.0.1", trust).contains("TLS: "))
  }
}
