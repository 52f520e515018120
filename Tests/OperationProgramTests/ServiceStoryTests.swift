// Stories of services and their clients: the scenario that a team elsewhere builds a world of its own for, and
// one client for every runtime. Real loopback and simulated worlds run the same text.

import NightjarBase
import NightjarEngine
import NightjarSimulation
import Testing

@Suite struct ServiceStoryTests {
  /// A service before a store that is slow and fails at times.
  ///
  /// The client without patience loses orders, the one that tries again loses none; the scenario has less than thirty lines.
  private static let scenario = """
    local listener = assert(net.listen("127.0.0.1", 0))
    local site = "http://127.0.0.1:" .. listener.port
    local orders, asked = {}, 0
    local function store(request)
      asked = asked + 1
      if asked % 3 == 0 then task.sleep(60) end
      if asked % 4 == 0 then error("disk full") end
      orders[request.body] = true
      return "stored"
    end
    local function send(order)
      local body, code = http.request{ url = site, body = order, timeout = 0.3 }
      return code == 200
    end
    local function stubborn(order)
      for try = 1, 100 do if send(order) then return true end task.sleep(0.01 * try) end
    end
    task.scope(function(s)
      s:daemon(function() http.serve(listener, store, { on_error = function() end }) end)
      for name, client in pairs{ naive = send, stubborn = stubborn } do
        orders = {}
        task.map({ "a", "b", "c", "d", "e", "f" }, 2, client)
        local count = 0
        for _ in pairs(orders) do count = count + 1 end
        print(name, count == 6)
      end
    end)
    listener:close()
    """

  @Test(arguments: Setting.both)
  func awsTestingTheService(setting: Setting) throws {
    #expect(Self.scenario.split(separator: "\n").count <= 30)
    let stage = Stage(setting)
    let printed = try stage.run(Self.scenario).split(separator: "\n").sorted()
    #expect(printed == ["naive\tfalse", "stubborn\ttrue"])
    #expect(stage.isClean())
  }

  /// Choosing a client for the web chooses a runtime, elsewhere; here one text asks in every world.
  @Test(arguments: Setting.both)
  func barbaraAnguishesOverHTTP(setting: Setting) throws {
    let stage = Stage(setting)
    let peer = try stage.peer(
      [.readHead, .write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")]
    )
    let printed = try stage.run(
      stage.names(of: peer) + """
        local library = { pages = function(...) return task.map({ ... }, 4, function(url) return (http.get(url)) end) end }
        print(table.concat(library.pages(URL, URL .. "a", URL .. "b"), " "))
        """
    )
    #expect(printed == "hello hello hello\n")
    #expect(peer.connectionCount == 3)
    #expect(stage.isClean())
    peer.end()
  }
}
