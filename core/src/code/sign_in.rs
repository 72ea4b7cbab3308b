//! What somebody signs in with, and what may change of it.

use super::table::codes;

codes! {
    /// What is shown besides the password.
    SecondFactor {
        /// A code of an app, good for half a minute (TOTP, RFC 6238).
        OneTimeCode = "one-time-code", "認証アプリのコード";
        /// A key of a device (Web Authentication, W3C).
        Passkey = "passkey", "パスキー";
    }

    /// What changed of what an account signs in with.
    SignInChange {
        PasswordSet = "password-set", "パスワードの設定";
        CodesRegistered = "codes-registered", "認証アプリの登録";
        CodesRemoved = "codes-removed", "認証アプリの登録の削除";
        PasskeyAdded = "passkey-added", "パスキーの登録";
        PasskeyRemoved = "passkey-removed", "パスキーの登録の削除";
        /// As whoever lost them asked an administrator for.
        SecondFactorsRemoved = "second-factors-removed", "二つ目の確認の登録をすべて削除";
    }
}
