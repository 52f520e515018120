#include "CNightjar.h"
