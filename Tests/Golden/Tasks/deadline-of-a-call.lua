local function fetch(url)
  task.sleep(30)
  return url
end
task.within(2, fetch, "example") -- here
