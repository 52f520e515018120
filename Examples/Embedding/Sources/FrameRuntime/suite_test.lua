-- What tasks promise, as tests that no runtime is named in. `nightjar test` runs them on a virtual clock in many
-- orders, with --live on the real one; main.swift runs them on a runtime of its own.

local tests = {}

function tests.test_order_of_timers()
  local heard = {}
  task.scope(function(s)
    for i = 3, 1, -1 do
      s:spawn(function() task.sleep(i / 20) heard[#heard + 1] = i end)
    end
  end)
  assert(table.concat(heard, " ") == "1 2 3")
end

function tests.test_scope_waits_for_all()
  local ended = 0
  task.scope(function(s)
    for i = 1, 5 do
      s:spawn(function() task.sleep(i / 100) ended = ended + 1 end)
    end
  end)
  assert(ended == 5)
end

function tests.test_join_gives_results()
  task.scope(function(s)
    local h = s:spawn(function(a, b) task.yield() return a + b, a * b end, 3, 4)
    local sum, product = h:join()
    assert(sum == 7 and product == 12)
  end)
end

function tests.test_failure_cancels_siblings()
  local cleaned = false
  local ok, e = pcall(task.scope, function(s)
    s:spawn(function()
      defer(function() task.sleep(0.01) cleaned = true end)
      task.sleep(100)
    end)
    s:spawn(function() task.sleep(0.02) error("no route", 0) end)
  end)
  assert(not ok and e == "no route" and cleaned)
end

function tests.test_errors_are_grouped()
  local ok, e = pcall(task.scope, function(s)
    for i = 1, 3 do
      s:spawn(task.shield, 1, function() task.sleep(i / 100) error("fault " .. i, 0) end)
    end
  end)
  assert(not ok and e.kind == "ErrorGroup" and #e.errors == 3 and e.errors[1] == "fault 1")
end

function tests.test_deadline()
  local ok, why = task.timeout(0.03, task.sleep, 100)
  assert(not ok and why.kind == "Timeout")
  local fine, value = task.timeout(100, function() task.sleep(0.01) return 9 end)
  assert(fine and value == 9)
end

function tests.test_cancellation_is_not_caught()
  local rounds = 0
  local ok = task.timeout(0.03, function()
    while true do
      pcall(task.sleep, 100)
      rounds = rounds + 1
    end
  end)
  assert(not ok and rounds == 0)
end

function tests.test_loop_is_interrupted()
  local ok, why = task.timeout(0.03, function() while true do end end)
  assert(not ok and why.kind == "Timeout")
end

function tests.test_shield()
  local steps = 0
  task.timeout(0.02, function()
    task.shield(1, function()
      for _ = 1, 3 do task.sleep(0.02) steps = steps + 1 end
    end)
    task.sleep(100)
    steps = 100
  end)
  assert(steps == 3)
end

function tests.test_channel_bounds_its_sender()
  local tx, rx = task.channel(2)
  local ahead, most, sum = 0, 0, 0
  task.scope(function(s)
    s:spawn(function()
      for i = 1, 50 do tx:send(i) ahead = ahead + 1 most = math.max(most, ahead) end
      tx:close()
    end)
    for value in rx do ahead = ahead - 1 sum = sum + value end
  end)
  assert(sum == 1275 and most <= 4)
end

function tests.test_select_commits_one()
  local tx, rx = task.channel(1)
  local _, quiet = task.channel(0)
  assert(task.select { quiet:recv_op(), task.after(0.01) } == 2)
  tx:send("kept")
  local which, value = task.select { quiet:recv_op(), rx:recv_op() }
  assert(which == 2 and value == "kept")
end

function tests.test_nothing_is_lost_between_tries()
  local tx, rx = task.channel(0)
  local sum = 0
  task.scope(function(s)
    s:spawn(function()
      for i = 1, 20 do task.sleep(0.007) tx:send(i) end
      tx:close()
    end)
    while true do
      local ok, value = task.timeout(0.002, rx.recv, rx)
      if ok and value == nil then break end
      if ok then sum = sum + value end
    end
  end)
  assert(sum == 210)
end

function tests.test_mutex_keeps_others_out()
  local m, n = task.mutex("n"), 0
  task.scope(function(s)
    for _ = 1, 10 do
      s:spawn(function()
        m:with(function() local seen = n task.sleep(0.001) n = seen + 1 end)
      end)
    end
  end)
  assert(n == 10)
end

function tests.test_deadlock_is_told()
  local a, b = task.mutex("a"), task.mutex("b")
  local kinds = {}
  task.scope(function(s)
    s:spawn(function()
      a:with(function() task.sleep(0.05) local ok, e = pcall(b.with, b, function() end) kinds[#kinds + 1] = ok or e.kind end)
    end)
    s:spawn(function()
      b:with(function() task.sleep(0.1) local ok, e = pcall(a.lock, a) kinds[#kinds + 1] = ok or e.kind end)
    end)
  end)
  assert(kinds[1] == "Deadlock")
end

function tests.test_semaphore_event_and_once()
  local gate, ready, inside, most, calls = task.semaphore(2), task.event(), 0, 0, 0
  local load = task.once(function() calls = calls + 1 task.sleep(0.01) return "text" end)
  task.scope(function(s)
    for _ = 1, 6 do
      s:spawn(function()
        ready:wait()
        gate:with(function()
          inside = inside + 1
          most = math.max(most, inside)
          assert(load() == "text")
          inside = inside - 1
        end)
      end)
    end
    ready:set()
  end)
  assert(most == 2 and calls == 1)
end

function tests.test_stream_ends_with_its_consumer()
  local isClosed, seen = false, 0
  local function numbers()
    return task.stream(1, function(emit)
      defer(function() task.sleep(0.01) isClosed = true end)
      for i = 1, 1000 do task.sleep(0.001) emit(i) end
    end)
  end
  for n in numbers():map(function(n) return n end) do
    seen = n
    if n == 3 then break end
  end
  assert(seen == 3 and isClosed)
end

function tests.test_map_is_bounded_and_ordered()
  local inside, most = 0, 0
  local squares = task.map({ 1, 2, 3, 4, 5 }, 2, function(n)
    inside = inside + 1
    most = math.max(most, inside)
    task.sleep(0.06 - n / 100)
    inside = inside - 1
    return n * n
  end)
  assert(table.concat(squares, " ") == "1 4 9 16 25" and most == 2)
end

function tests.test_waits_inside_library_functions()
  local text = ("a b"):gsub("%a", function(letter) task.sleep(0.001) return letter:upper() end)
  local list = { 3, 1, 2 }
  table.sort(list, function(one, other) task.yield() return one < other end)
  assert(text == "A B" and table.concat(list) == "123")
end

function tests.test_coroutines_wait_with_their_task()
  local co = coroutine.wrap(function() task.sleep(0.01) coroutine.yield(1) task.sleep(0.01) return 2 end)
  assert(co() == 1 and co() == 2)
end

function tests.test_nosuspend()
  local ok, e = pcall(task.nosuspend, function() task.sleep(0) end)
  assert(not ok and e.kind == "WouldSuspend")
end

function tests.test_supervisor_starts_again()
  local attempts = 0
  task.supervise({ max = 3, within = 5 }, { function()
    attempts = attempts + 1
    task.sleep(0.001)
    if attempts < 3 then error("not yet") end
  end })
  assert(attempts == 3)
end

function tests.test_labels_are_inherited()
  local seen
  task.label("req", 17)
  task.scope(function(s) s:spawn(function() task.yield() seen = task.label("req") end) end)
  assert(seen == 17)
end

return tests
