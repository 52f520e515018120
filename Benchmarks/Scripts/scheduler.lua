-- Method calls on several classes: an operating-system kernel in miniature, with tasks that
-- pass packets through priority queues.
local n = tonumber(arg and arg[1]) or 300000

local Queue = {}
Queue.__index = Queue

function Queue.new()
  return setmetatable({ first = 1, last = 0, items = {} }, Queue)
end

function Queue:push(item)
  self.last = self.last + 1
  self.items[self.last] = item
end

function Queue:pop()
  local item = self.items[self.first]
  if item == nil then return nil end
  self.items[self.first] = false
  self.first = self.first + 1
  if self.first > self.last then
    self.first, self.last, self.items = 1, 0, {}
  end
  return item
end

function Queue:isEmpty()
  return self.first > self.last
end

local Task = {}
Task.__index = Task

function Task.extend()
  local class = setmetatable({}, { __index = Task })
  class.__index = class
  return class
end

function Task.new(class, kernel, name, priority)
  local task = setmetatable({
    kernel = kernel, name = name, priority = priority,
    inbox = Queue.new(), steps = 0, held = false,
  }, class)
  kernel:add(task)
  return task
end

function Task:isReady()
  return not self.held and not self.inbox:isEmpty()
end

function Task:receive(packet)
  self.inbox:push(packet)
end

function Task:step()
  self.steps = self.steps + 1
  self:handle(self.inbox:pop())
end

local Kernel = {}
Kernel.__index = Kernel

function Kernel.new()
  return setmetatable({ tasks = {}, byName = {}, switches = 0, checksum = 0 }, Kernel)
end

function Kernel:add(task)
  local tasks = self.tasks
  tasks[#tasks + 1] = task
  self.byName[task.name] = task
end

function Kernel:send(name, packet)
  self.byName[name]:receive(packet)
end

function Kernel:note(value)
  self.checksum = (self.checksum * 31 + value) % 1000000007
end

function Kernel:pick()
  local best
  for _, task in ipairs(self.tasks) do
    if task:isReady() and (best == nil or task.priority > best.priority) then best = task end
  end
  return best
end

function Kernel:run(budget)
  for _ = 1, budget do
    local task = self:pick()
    if task == nil then break end
    self.switches = self.switches + 1
    task:step()
  end
end

local Idle = Task.extend()
function Idle:handle(packet)
  self.seed = ((self.seed or 7) * 16807) % 2147483647
  packet.value = self.seed % 256
  self.kernel:send(self.seed % 2 == 0 and "left" or "right", packet)
end

local Worker = Task.extend()
function Worker:handle(packet)
  packet.hops = packet.hops + 1
  packet.value = (packet.value * 5 + packet.hops) % 256
  self.kernel:note(packet.value)
  self.kernel:send(self.device, packet)
end

local Device = Task.extend()
function Device:handle(packet)
  packet.value = (packet.value + self.steps) % 256
  if packet.value % 3 == 0 then
    self.kernel:send("idle", packet)
  else
    self.kernel:send(self.name == "disk" and "right" or "left", packet)
  end
end

local kernel = Kernel.new()
Task.new(Idle, kernel, "idle", 1)
Task.new(Worker, kernel, "left", 4).device = "disk"
Task.new(Worker, kernel, "right", 3).device = "network"
Task.new(Device, kernel, "disk", 6)
Task.new(Device, kernel, "network", 5)
for i = 1, 6 do kernel:send("idle", { value = i, hops = 0 }) end
kernel:run(n)
print(string.format("scheduler %d %d %d", n, kernel.switches, kernel.checksum))
