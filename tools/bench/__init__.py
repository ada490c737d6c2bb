"""The benchmarks of `./dev bench`; each module measures one thing and yields figures."""
