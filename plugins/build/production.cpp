// The production engine; each build variant compiles this file and all engine sources with its own flags.
#include "matcher/engine/stacks.hpp"
#include "plugins/persons/match_variant.hpp"

ASSAY_MATCH_VARIANT(matcher::ProductionStack, "the production engine, built with the flags its id names")
