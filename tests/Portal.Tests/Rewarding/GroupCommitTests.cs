using Portal.Rewarding;

namespace Portal.Tests.Rewarding;

/// <summary>Who goes with whom.</summary>
public sealed class GroupCommitTests
{
    private readonly List<string> groups = [];
    private readonly TaskCompletionSource begun = new();
    private readonly TaskCompletionSource release = new();

    [Fact]
    public async Task A_second_part_of_the_same_waits_for_the_next_group()
    {
        await using var group = Apart(together: 32);

        await AskAsync(group, "a1", "b1", "a2", "c1", "a3");

        Assert.Equal(["-", "a1 b1 c1", "a2", "a3"], groups);
    }

    [Fact]
    public async Task Much_of_the_same_goes_together_in_its_order()
    {
        await using var group = Apart(together: 32);

        await AskAsync(group, "b1", "a1", "a2", "b2", "a3", "a4", "c1", "a5");

        Assert.Equal(["-", "b1 a1 a2 b2 a3 a4 c1 a5"], groups);
    }

    [Fact]
    public async Task Who_gave_up_while_waiting_is_left_out()
    {
        var group = Apart(together: 32);
        using var gaveUp = new CancellationTokenSource();

        var asked = await HeldAsync(group, "a1");
        var two = group.RunAsync("a2", gaveUp.Token);
        await gaveUp.CancelAsync();
        release.SetResult();
        await Task.WhenAll(asked);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two);
        await group.DisposeAsync();
        Assert.Equal(["-", "a1"], groups);
    }

    [Fact]
    public async Task What_waits_for_the_next_group_is_done_before_the_end()
    {
        var group = Apart(together: 32);
        var asked = await HeldAsync(group, "a1", "a2", "a3");
        var ended = group.DisposeAsync().AsTask();

        release.SetResult();
        await Task.WhenAll([.. asked, ended]);

        Assert.Equal(["-", "a1", "a2", "a3"], groups);
    }

    private const string First = "-";

    /// <summary>Parts that begin with the same letter are the same; the first group is held until all have asked.</summary>
    private GroupCommit<string, string> Apart(int together) => new(async (parts, _) =>
    {
        if (parts[0] == First)
        {
            begun.SetResult();
            await release.Task;
        }
        groups.Add(string.Join(' ', parts));
        return [.. parts];
    }, _ => 0, new(together), part => new Guid(part[0], 0, 0, new byte[8]));

    private async Task<List<Task<string>>> HeldAsync(GroupCommit<string, string> group, params string[] parts)
    {
        var held = group.RunAsync(First, CancellationToken.None);
        await begun.Task;
        return [held, .. parts.Select(p => group.RunAsync(p, CancellationToken.None))];
    }

    private async Task AskAsync(GroupCommit<string, string> group, params string[] parts)
    {
        var asked = await HeldAsync(group, parts);
        release.SetResult();
        var answers = await Task.WhenAll(asked);
        Assert.Equal([First, .. parts], answers);
    }
}
