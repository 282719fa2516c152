# Drawbridge. Each target sets up what it needs and says so.

.DEFAULT_GOAL := help
.PHONY: help setup run test journeys interop e2e-binaries tour bench package wire screens clean
export PATH := $(PATH):$(or $(CARGO_HOME),$(HOME)/.cargo)/bin

help: ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

setup: ## install what building and testing need, or say what to type
	@echo '==> Set up'
	@scripts/setup.sh test

run: ## build the app and open its window; without a display, take the tour
	@scripts/run.sh

test: ## all checks and tests
	@scripts/test.sh

journeys: ## the end-to-end journeys; ONLY=name for one of them
	@scripts/setup.sh test
	@$(MAKE) --no-print-directory e2e-binaries
	@npm run journeys -w tests --silent -- $(ONLY)

interop: ## foreign clients and readers against the app, the app against foreign servers; ONLY=name for one of them
	@scripts/setup.sh test
	@$(MAKE) --no-print-directory e2e-binaries
	@npm run interop -w tests --silent -- $(ONLY)

tour: ## the main job through the real window, with pictures in target/tour/
	@scripts/tour.sh

bench: ## each budget beside its figure
	@scripts/bench.sh

package: ## the installer for this system, in target/release/bundle/
	@echo '==> Set up'
	@scripts/setup.sh build
	@$(MAKE) --no-print-directory screens
	@echo '==> Build the installer'
	@npx --no tauri build $(if $(filter Linux,$(shell uname -s)),--bundles deb)
	@find target/release/bundle -name '*.deb' -o -name '*.dmg' -o -name '*.msi' -o -name '*-setup.exe'

wire: ## write the TypeScript types and functions that are generated from Rust
	UPDATE_WIRE=1 cargo test --quiet --package views --package drawbridge --lib the_generated

screens:
	@echo '==> Build the screens'
	@npm run build -w ui --silent

e2e-binaries: screens
	@echo '==> Build the app for the journeys'
	@scripts/e2e-binaries.sh

clean: ## remove everything that was built or installed into this folder
	rm -rf target gen ui/dist node_modules ui/node_modules tests/node_modules
