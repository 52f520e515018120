// `nightjar definitions`: what it prints is what machines have.

import Foundation
import Testing

@Suite struct DefinitionTests {
  private static let dialects = ["5.1", "5.2", "5.3", "5.4", "5.5", "jit"]

  private func print(_ words: String...) throws -> String {
    let outcome = try Command.invoke(["definitions"] + words)
    #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
    return outcome.output
  }

  /// Runs the declarations, which makes the tables and functions that they declare, and compares them with
  /// those of a machine: names and kinds of values.
  @Test(arguments: dialects)
  func declareWhatThereIs(dialect: String) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write(print("--lua", dialect), to: "declared.lua")
    let program = """
      -- Some libraries fill their tables when a field is asked for. What has a hidden metatable is an object.
      local function isLibrary(name, value)
        return type(value) == 'table' and name ~= '_G' and name ~= 'arg' and getmetatable(value) ~= false
      end
      for _, value in pairs(_G) do local _ = type(value) == 'table' and value.filled end
      local function names(from)
        local found = {}
        local function add(name, value)
          found[#found + 1] = name .. (type(value) == 'function' and '()' or '')
        end
        for name, value in pairs(from) do
          if isLibrary(name, value) then
            for inner, field in pairs(value) do add(name .. '.' .. inner, field) end
          elseif name ~= '_G' and name ~= 'arg' then
            add(name, value)
          end
        end
        return found
      end
      local own = names(_G)
      local declared = {}
      local text = io.open('declared.lua'):read('*a')
      -- What is no function stands in comments, and what is no table is nil.
      local class
      local fields = {}
      for line in text:gmatch('[^\\n]*') do
        class = line:match('^%-%-%-@class (%S+)') or class
        local field = line:match('^%-%-%-@field ([%w_]+)')
        if field and _G[class] then fields[#fields + 1] = class .. '.' .. field end
        fields[#fields + 1] = line:match('^([%w_]+) = nil$')
      end
      if setfenv then setfenv(assert(loadfile('declared.lua')), declared)()
      else assert(loadfile('declared.lua', 't', declared))() end
      local there = names(declared)
      for _, field in ipairs(fields) do there[#there + 1] = field end
      local set = {}
      for _, name in ipairs(own) do set[name] = 'only in the machine' end
      for _, name in ipairs(there) do set[name] = not set[name] and 'only declared' or nil end
      for name, where in pairs(set) do print(name, where) end
      """
    try folder.write(program, to: "compare.lua")
    let outcome = try Command.invoke(
      ["run", "--lua", dialect, "-A", "compare.lua"],
      directory: folder.url
    )
    #expect(outcome.status == 0 && outcome.output == "", "\(outcome.output)\(outcome.errors)")
  }

  /// Objects have the methods that their classes are declared with, no others, and the fields.
  @Test func objectsHaveWhatTheirClassesSay() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write(print(), to: "declared.lua")
    let program = #"""
      local classes, class = {}, nil
      for line in io.lines('declared.lua') do
        class = line:match('^%-%-%-@class (%S+)') or class
        if class then
          local of = classes[class] or { methods = {}, fields = {} }
          classes[class] = of
          local field, kind = line:match('^%-%-%-@field ([%w_]+) (%S+)')
          if field then of.fields[field] = kind end
          local method = line:match('^function [%w_]+:([%w_]+)') or line:match('^[%w_]+%["(.-)"%] =')
          if method then of.methods[method] = true end
        end
      end
      local function compare(name, object, methods)
        local of = assert(classes[name], name)
        for method, value in pairs(methods) do
          if type(value) == 'function' and not of.methods[method] and not method:find('^__') then
            print(name, method, 'only in the object')
          end
        end
        for method in pairs(of.methods) do
          if type(methods[method]) ~= 'function' then print(name, method, 'only declared') end
        end
        for field, kind in pairs(of.fields) do
          if object[field] == nil and kind:sub(-1) ~= '?' then print(name, field, 'only declared') end
        end
        classes[name] = nil
      end
      local function index(object) return debug.getmetatable(object).__index end
      local listener = assert(net.listen('127.0.0.1', 0))
      local conn = assert(net.connect('127.0.0.1', listener.port))
      local child = assert(process.spawn { 'true' })
      local tx, rx = task.channel(1)
      compare('file', io.stdout, index(io.stdout))
      compare('connection', conn, index(conn))
      compare('listener', listener, index(listener))
      local socket = assert(udp.bind('127.0.0.1', 0))
      compare('socket', socket, index(socket))
      compare('subprocess', child, index(child))
      compare('handle', task.current(), index(task.current()))
      task.scope(function(s) compare('scope', s, index(s)) end)
      compare('sender', tx, index(tx))
      compare('receiver', rx, index(rx))
      compare('gate', task.mutex(), index(task.mutex()))
      compare('operation', task.after(1), index(task.after(1)))
      local stream = task.stream(1, function() end)
      compare('stream', stream, index(stream))
      local hub, watch = task.broadcast(1), task.watch(1)
      compare('broadcast', hub, hub)
      compare('watch', watch, watch)
      for name in pairs(classes) do
        if not _G[name] then print(name, 'not compared') end
      end
      child:close()
      """#
    try folder.write(program, to: "compare.lua")
    let outcome = try Command.invoke(["run", "-A", "compare.lua"], directory: folder.url)
    #expect(outcome.status == 0 && outcome.output == "", "\(outcome.output)\(outcome.errors)")
  }

  @Test func printsWhatIsAskedFor() throws {
    let text = try print("udp")
    #expect(
      text == """
        ---@meta

        ---A port of datagrams.
        ---@class socket
        ---@field host string Its address.
        ---@field port integer Its port.
        local socket = {}

        ---Closes the port.
        ---@return boolean
        function socket:close() end

        ---The next datagram, and where it came from.
        ---@param most? integer
        ---@return string?
        ---@return string?
        ---@return integer?
        function socket:receive(most) end

        ---Sends a datagram.
        ---@param bytes string
        ---@param host string
        ---@param port integer
        ---@return any
        ---@return string?
        ---@return integer?
        function socket:send(bytes, host, port) end

        ---@class udp
        udp = {}

        ---Opens a port for datagrams; 0 is any that is free.
        ---@param host string
        ---@param port integer
        ---@return socket?
        ---@return string?
        ---@return integer?
        function udp.bind(host, port) end

        """
    )
    // What is an object and a library in one goes by its name: with its class, and nothing else.
    let input = try print("stdin")
    #expect(input.contains("---Standard input.\n---@type connection\n"), "\(input)")
    #expect(input.contains("function connection:read(what) end"), "\(input)")
    #expect(!input.contains("print") && !input.contains("listener"), "\(input)")
    #expect(try print("--format", "fuse", "stdin").contains("stdin: connection"))
    let fuse = try print("--format", "fuse", "net")
    #expect(fuse.contains("declare module \"@lua:net\"\n  --- Connects by TCP.\n"))
    #expect(
      fuse.contains(
        "unsafe fn connect(host: string, port: number, seconds: number? = None, encrypted: boolean? = None) -> (connection?, string?, number?)\n"
      )
    )
    #expect(try print("--format=fuse", "_G").contains("  unsafe fn print(...rest: unknown?)\n"))
  }

  @Test(arguments: [
    (["--format", "json"], "'json' is no format; there are luals and fuse"),
    (["--format"], "'' is no format; there are luals and fuse"),
    (["--quick"], "'--quick' is no option of 'definitions'"),
    (["strings"], "5.4 has no library 'strings'"),
    (["_VERSION"], "5.4 has no library '_VERSION'"),
    (["connection"], "5.4 has no library 'connection'"),
    (["--lua", "5.1", "utf8"], "5.1 has no library 'utf8'"),
  ])
  func refusesWhatMakesNoSense(words: [String], message: String) throws {
    let outcome = try Command.invoke(["definitions"] + words)
    #expect(outcome.status == 2 && outcome.output == "")
    #expect(outcome.errors == "nightjar: \(message); see 'nightjar definitions --help'\n")
  }
}
