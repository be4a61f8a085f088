using Xunit;

// The machine's zone is set for whole runs, and each class has a server of its own.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
