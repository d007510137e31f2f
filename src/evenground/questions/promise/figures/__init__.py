"""Pictures of Promise: what came beside what would have been, beside what was promised."""
