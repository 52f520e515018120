-- Passes checkpoints deep inside of cleanup that a cancellation must not tear.
-- grants: tasks
-- limits: fuel=100000000 grace=100000
-- expect: outOfFuel | deadline
task.scope(function(s)
  s:spawn(function()
    do
      local c <close> = setmetatable({}, {
        __close = function()
          local function deep(n)
            if n > 0 then
              deep(n - 1)
              return 1
            end
            s:cancel()
            while true do task.checkpoint() end
          end
          deep(20000)
        end,
      })
    end
    return 1
  end)
end)
