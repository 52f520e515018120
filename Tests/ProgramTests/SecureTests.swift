// Encrypted connections of tasks: many at a time over one thread, and with peers that break the conversation off,
// never begin it or speak something else. The certificate is made for the test, and nobody has signed it.

import Foundation
import Testing

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")))
struct SecureTests {
  private static let openssl = URL(filePath: "/usr/bin/openssl")

  /// A server of OpenSSL's with a certificate for `localhost`.
  private final class Server {
    let folder: TemporaryFolder
    let port: Int
    private let process = Process()
    private let limit: DispatchWorkItem

    /// Starts a server; `-WWW` has it serve the files of its folder, `-rev` give lines back reversed.
    init(_ mode: String, _ files: [String: String] = [:]) throws {
      folder = try TemporaryFolder()
      for (name, text) in files { try folder.write(text, to: name) }
      let (key, certificate) = (
        folder.url.appending(path: "k.pem"), folder.url.appending(path: "c.pem")
      )
      let made = try Command.invoke(
        [
          "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key.path, "-out",
          certificate.path, "-days", "2", "-subj", "/CN=localhost", "-addext",
          "subjectAltName=DNS:localhost",
        ],
        executable: SecureTests.openssl
      )
      try #require(made.status == 0, "\(made.errors)")
      // Below those that the system gives to connections.
      port = 20_000 + Int.random(in: 0..<12_000)
      process.executableURL = SecureTests.openssl
      process.arguments = [
        "s_server", "-accept", "\(port)", "-key", key.path, "-cert", certificate.path, mode,
        "-quiet",
      ]
      process.currentDirectoryURL = folder.url
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      limit = try Command.start(process)
    }

    deinit {
      process.terminate()
      limit.cancel()
      folder.remove()
    }

    /// Runs a program that finds the server's port in `...`, trusting the server or not.
    func run(_ program: String, isTrusted: Bool = true) throws -> Command.Outcome {
      try folder.write(program, to: "program.lua")
      let certificate = folder.url.appending(path: "c.pem").path
      return try Command.invoke(
        ["run", "--allow-net", "--allow-run", folder.url.appending(path: "program.lua").path]
          + ["\(port)"],
        environment: isTrusted ? ["SSL_CERT_FILE": certificate] : [:]
      )
    }
  }

  /// Waits until the server listens.
  private static let ready = """
    local port = tonumber((...))
    local site = "https://localhost:" .. port
    repeat
      local conn = net.connect("127.0.0.1", port)
      if conn then conn:close() else task.sleep(0.05) end
    until conn
    local function open()
      task.sleep(0.05) -- what was closed is let go by another thread
      return tonumber((process.run("ls /proc/$PPID/fd | wc -l")))
    end
    local function settles(most)
      for _ = 1, 400 do if open() <= most then return true end end
      return false
    end

    """

  @Test func manyAtATime() throws {
    let server = try Server(
      "-WWW",
      ["big.txt": String(repeating: "0123456789abcdef", count: 40_000), "small.txt": "small"]
    )
    let outcome = try server.run(
      Self.ready + """
        http.get(site .. "/small.txt")
        local before = open()
        local total = 0
        local names = {}
        for i = 1, 24 do names[i] = i % 3 == 0 and "big" or "small" end
        for _, body in ipairs(task.map(names, 8, function(name)
          return (assert(http.get(site .. "/" .. name .. ".txt")))
        end)) do total = total + #body end
        print(total == 8 * 640000 + 16 * 5, settles(before))
        """
    )
    #expect(outcome == Command.Outcome(status: 0, output: "true\ttrue\n", errors: ""))
  }

  @Test func linesBothWays() throws {
    let server = try Server("-rev")
    let outcome = try server.run(
      Self.ready + """
        local conn = assert(net.tls("localhost", port))
        for _, word in ipairs{ "nightjar", "owl" } do
          conn:write(word, "\\n")
          print((conn:read():gsub("[^%g]", "")))
        end
        print(task.timeout(0.1, function() return conn:read() end) == false)
        conn:write("again\\n")
        print((conn:read():gsub("[^%g]", "")))
        conn:close()
        """
    )
    #expect(
      outcome
        == Command.Outcome(status: 0, output: "rajthgin\nlwo\ntrue\nniaga\n", errors: "")
    )
  }

  @Test func whoCannotBeTrustedIsRefused() throws {
    let server = try Server("-WWW", ["page.txt": "page"])
    let program =
      Self.ready + """
        print(select(2, http.get(site .. "/page.txt")))
        print(select(2, http.get("https://127.0.0.1:" .. port .. "/page.txt")))
        print(select(2, net.tls("localhost", port)))
        """
    let stranger = try server.run(program, isTrusted: false).output.split(separator: "\n")
    #expect(stranger.count == 3)
    for line in stranger { #expect(line.contains("TLS: self-signed certificate"), "\(line)") }
    let known = try server.run(
      Self.ready + """
        print(http.get(site .. "/page.txt"))
        print(select(2, http.get("https://127.0.0.1:" .. port .. "/page.txt")))
        """
    ).output.split(separator: "\n")
    #expect(known.first?.hasPrefix("page\t200") == true)
    // The certificate is for another name.
    #expect(known.last?.contains("TLS: IP address mismatch") == true, "\(known)")
  }

  @Test func whoBreaksOffHangsNobody() throws {
    let server = try Server("-WWW")
    let outcome = try server.run(
      Self.ready + """
        http.get(site .. "/none")
        local before = open()
        local function peer(behave, patience)
          return task.scope(function(s)
            local listener = assert(net.listen("127.0.0.1", 0))
            defer(function() listener:close() end)
            s:daemon(function() listener:serve(behave) end)
            local url = "https://127.0.0.1:" .. listener.port .. "/"
            local body, why = http.request{ url = url, timeout = patience or 60 }
            return body, why:match(": (.*)")
          end)
        end
        print("silent", peer(function(conn) conn:read("a") end, 0.4))
        print("closes", peer(function(conn) conn:read("some") end))
        print("speaks something else", peer(function(conn)
          conn:read("some")
          conn:write("HTTP/1.1 400 Bad Request\\r\\n\\r\\n")
          conn:read("a")
        end))
        -- Given up in the middle of the handshake.
        task.scope(function(s)
          local listener = assert(net.listen("127.0.0.1", 0))
          defer(function() listener:close() end)
          s:daemon(function() listener:serve(function(conn) conn:read("a") end) end)
          print(task.timeout(0.1, net.tls, "127.0.0.1", listener.port) == false)
        end)
        print(settles(before))
        """
    )
    let lines = outcome.output.split(separator: "\n")
    #expect(outcome.errors == "" && lines.count == 5, "\(outcome)")
    guard lines.count == 5 else { return }
    #expect(lines[0] == "silent\tnil\tConnection timed out")
    #expect(lines[1] == "closes\tnil\tConnection reset by peer")
    #expect(lines[2].hasPrefix("speaks something else\tnil\tTLS: "))
    #expect(lines[3] == "true" && lines[4] == "true", "\(lines)")
  }
}
