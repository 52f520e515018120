-- rawset knows no metamethods; it must know read-only tables.
-- expect: error read-only
rawset(string, "upper", print)
