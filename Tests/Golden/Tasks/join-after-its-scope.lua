local ann, bob
task.scope({ name = "pages" }, function(s)
  ann = s:spawn { name = "ann", fn = function() return "ann's page" end }
  bob = s:spawn { name = "bob", fn = function() return "bob's page" end }
end)
print(ann:status(), bob:status())
print(ann:join()) -- here
