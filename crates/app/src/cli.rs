//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// Lan Tỏa: nền tảng phổ biến, giáo dục pháp luật.
#[derive(Debug, Parser)]
#[command(name = "lantoa", version, about, max_term_width = 100)]
pub struct Cli {
    /// Tệp cấu hình (mặc định: lantoa.toml ở thư mục hiện tại, nếu có)
    #[arg(long, global = true, value_name = "TỆP")]
    pub config: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Chạy máy chủ web và bộ xử lý công việc nền
    Serve {
        /// Chỉ phục vụ web; công việc nền do `lantoa worker` ở máy khác chạy
        #[arg(long)]
        no_worker: bool,
    },
    /// Chỉ chạy công việc nền
    Worker,
    /// Dựng một tỉnh trình diễn trong thư mục dữ liệu rồi phục vụ
    Demo {
        /// Mã tỉnh, thành phố (34 mã, ví dụ 20 là Lạng Sơn)
        #[arg(long, default_value = "19")]
        province: String,
        /// Thư mục dữ liệu
        #[arg(long)]
        data: Option<PathBuf>,
        /// Chỉ dựng dữ liệu, không phục vụ
        #[arg(long)]
        no_serve: bool,
    },
    /// Tạo hoặc cập nhật lược đồ cơ sở dữ liệu
    Migrate,
    /// Lập lại chỉ mục tìm kiếm ở mọi máy chủ
    Reindex,
    /// Đọc văn bản hành chính thành dữ liệu có cấu trúc
    Paper {
        /// What to do with it.
        #[command(subcommand)]
        command: PaperCommand,
    },
    /// Nạp địa bàn và cơ quan có sẵn trong chương trình; chạy lại không gây hại
    Import {
        /// What to import.
        #[command(subcommand)]
        command: ImportCommand,
    },
    /// Xem cấu hình
    Config {
        /// What to show.
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// Sao lưu toàn bộ dữ liệu và tệp vào một tệp ZIP, cả khi đang chạy
    Backup {
        /// Tệp ZIP sẽ ghi
        to: PathBuf,
    },
    /// Khôi phục bản sao lưu vào cơ sở dữ liệu trống (SQLite hoặc PostgreSQL)
    Restore {
        /// Tệp ZIP của lệnh backup
        from: PathBuf,
        /// Không còn tệp khóa của hệ thống cũ: bỏ mọi xác thực hai bước, mỗi người bật lại
        #[arg(long)]
        without_key: bool,
    },
    /// Kiểm tra hệ thống và nói cần làm gì
    Doctor,
    /// Tài khoản người dùng
    User {
        /// What to do with them.
        #[command(subcommand)]
        command: UserCommand,
    },
    /// Định nghĩa biểu mẫu báo cáo
    Definitions {
        /// What to do with them.
        #[command(subcommand)]
        command: DefinitionsCommand,
    },
    /// Nhật ký kiểm toán
    Audit {
        /// What to do with it.
        #[command(subcommand)]
        command: AuditCommand,
    },
}

/// `lantoa paper …`
#[derive(Debug, Subcommand)]
pub enum PaperCommand {
    /// Đọc một tệp, hoặc mọi tệp trong một thư mục
    Read {
        /// Tệp hoặc thư mục
        path: PathBuf,
        /// In JSON thay cho bảng
        #[arg(long)]
        json: bool,
        /// Thư mục ghi kết quả khi đọc cả thư mục
        #[arg(long, value_name = "THƯ MỤC")]
        out: Option<PathBuf>,
    },
}

/// `lantoa import …`
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Nạp đơn vị hành chính cả nước, trước và sau 01/07/2025
    Units,
    /// Nạp cơ quan của các tỉnh, thành phố (và trung ương)
    Agencies {
        /// Mã tỉnh, thành phố hiện nay, ví dụ 20; nhắc lại cho nhiều tỉnh. Không có: cả nước
        #[arg(long = "province", value_name = "MÃ")]
        provinces: Vec<String>,
    },
    /// Nạp văn bản pháp luật vào tủ sách: tệp Markdown của Pháp điển, hoặc một văn bản (.md, .txt, .docx)
    Laws {
        /// Tệp, hoặc thư mục chứa các tệp .md
        #[arg(required = true, value_name = "TỆP")]
        files: Vec<PathBuf>,
    },
}

/// `lantoa config …`
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// In cấu hình đang dùng (che mật khẩu)
    Show,
    /// Kiểm tra cấu hình
    Check,
    /// In cấu hình mặc định
    Default,
}

/// `lantoa user …`
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Tạo người quản trị toàn hệ thống và in mã kích hoạt dùng một lần
    CreateAdmin {
        /// Tên đăng nhập, ví dụ ha.hoang
        login: String,
        /// Họ tên
        #[arg(long)]
        name: String,
        /// Tên cơ quan quản trị hệ thống, khi chưa nạp danh mục cơ quan
        #[arg(long, default_value = "")]
        agency: String,
    },
    /// Liệt kê tài khoản
    List {
        /// Chỉ những người khớp phần này của họ tên, tên đăng nhập hoặc cơ quan
        #[arg(default_value = "")]
        words: String,
    },
    /// Hủy mật khẩu và xác thực hai bước của một người, in mã kích hoạt mới
    Reset {
        /// Tên đăng nhập
        login: String,
    },
    /// Khóa một tài khoản và kết thúc các phiên đang mở
    Disable {
        /// Tên đăng nhập
        login: String,
    },
}

/// `lantoa audit …`
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Niêm phong các dòng mới rồi kiểm tra toàn bộ chuỗi
    Verify,
}

/// `lantoa definitions …`
#[derive(Debug, Subcommand)]
pub enum DefinitionsCommand {
    /// Kiểm tra tệp biểu mẫu, báo lỗi theo dòng
    Check {
        /// Tệp .toml, hoặc thư mục chứa các tệp đó
        path: PathBuf,
    },
    /// So sánh hai bản của một biểu
    Diff {
        /// Bản trước
        old: PathBuf,
        /// Bản sau
        new: PathBuf,
    },
}
