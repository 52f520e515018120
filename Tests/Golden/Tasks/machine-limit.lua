local function bomb(s)
  while true do
    s:spawn(bomb, s) -- here
  end
end
task.scope({ name = "bomb" }, bomb)
