-- A string as large as the limit and what is made from it.
-- limits: memory=8000000 fuel=100000000
-- expect: finished false
return (pcall(function()
  local s = ("x"):rep(6000000)
  return (s .. "y"):upper():lower():gsub("x", "yy")
end))
